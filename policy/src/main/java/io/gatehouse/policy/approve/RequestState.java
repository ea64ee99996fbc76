package io.gatehouse.policy.approve;

import io.gatehouse.policy.internal.document.Element;
import java.util.Arrays;
import java.util.Set;

/** How far a request is. */
public enum RequestState {
    /** Somebody has to decide. */
    PENDING,
    /** Sent back: the requester changes it and submits it again, or cancels it. */
    RETURNED,
    /** In force by one signature, to be confirmed afterwards. */
    EMERGENCY,
    /** Approved; something is still to be done and recorded. */
    GRANTED,
    /** Approved, and all is done. */
    COMPLETED,
    /** Refused. */
    REJECTED,
    /** Was in force by an emergency's signature and not confirmed. */
    REVOKED,
    /** Taken back by the requester. */
    CANCELLED;

    /** Whether what was asked for is allowed now. */
    public boolean isInForce() {
        return this == EMERGENCY || this == GRANTED || this == COMPLETED;
    }

    /** Whether somebody other than the requester is asked for something. */
    public boolean isOpen() {
        return this == PENDING || this == EMERGENCY || this == GRANTED;
    }

    static Set<String> open() {
        return Set.of(PENDING.word(), EMERGENCY.word(), GRANTED.word());
    }

    /** As it is stored and recorded. */
    String word() {
        return Element.word(this);
    }

    static RequestState ofWord(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no state of a request"));
    }
}
