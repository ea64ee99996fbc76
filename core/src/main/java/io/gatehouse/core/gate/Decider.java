package io.gatehouse.core.gate;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;

/** Port of the second stage: may they pass? Implementations are thread-safe. */
@FunctionalInterface
public interface Decider {
    Decision decide(AccessRequest request);

    /**
     * What became of a request that was granted: whoever counts people reserves a place when it decides, and takes it for good or
     * back by this. Told once for each granted decision, also where the door was not moved since a credential could not be taken
     * or the record not be written; not told if the gate dies, so reservations expire. Does nothing unless overridden.
     */
    default void settle(AccessRequest request, Confirmation.Verdict verdict) {}
}
