package io.gatehouse.policy.consent;

/** What a person said. */
public enum ConsentAnswer {
    /** Yes, having seen the notice. */
    GIVEN,
    /** No, having seen the notice. */
    REFUSED,
    /** No longer. */
    WITHDRAWN,
    /** Nobody said so: the time that a yes was given for is over. */
    EXPIRED
}
