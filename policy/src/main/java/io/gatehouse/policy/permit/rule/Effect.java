package io.gatehouse.policy.permit.rule;

/** What a rule does where it applies. */
public enum Effect {
    /** Lets the person pass, unless another rule forbids it. */
    PERMIT,
    /** Refuses, whatever other rules permit. */
    FORBID
}
