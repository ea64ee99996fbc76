package io.gatehouse.policy.watch;

/** How much somebody should hurry. Ordered, the least first. */
public enum Severity {
    /** To be looked at some time. */
    NOTICE,
    /** To be looked at today. */
    WARNING,
    /** To be looked at now. */
    CRITICAL
}
