package io.gatehouse.policy.consent.request;

/** How far a request is. */
public enum RequestState {
    OPEN,
    /** It was done as asked. */
    DONE,
    /** It was refused, for a reason that the person was told. */
    REFUSED
}
