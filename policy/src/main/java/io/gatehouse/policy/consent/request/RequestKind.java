package io.gatehouse.policy.consent.request;

/** What a person asks for about their data. */
public enum RequestKind {
    /** To see them. */
    ACCESS,
    /** To have something put right; the old entry stays, a new one corrects it. */
    CORRECTION,
    /** To take them along in a form that programs read. */
    EXPORT,
    /** To have them destroyed. */
    ERASURE
}
