package io.gatehouse.policy.approve;

/** The words that steps of a request are stored and recorded by. */
final class Words {
    static final String SUBMITTED = "submitted";
    static final String RESUBMITTED = "resubmitted";
    static final String APPROVED = "approved";
    static final String REFUSED = "refused";
    static final String RETURNED = "returned";
    static final String RECORDED = "recorded";
    static final String EMERGENCY = "emergency";
    static final String CANCELLED = "cancelled";

    /** A vote that does not settle its step: others have to follow. */
    static final String OPEN = "open";

    private Words() {}
}
