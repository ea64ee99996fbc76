package io.gatehouse.policy.approve;

/** What somebody says who is asked for approval. */
public enum Vote {
    APPROVE,
    REFUSE,
    /** Back to the requester, who may submit it again; all votes so far are void then. */
    RETURN
}
