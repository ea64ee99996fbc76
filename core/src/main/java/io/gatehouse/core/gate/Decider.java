package io.gatehouse.core.gate;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;

/** Port of the second stage: may they pass? Implementations are thread-safe. */
@FunctionalInterface
public interface Decider {
    Decision decide(AccessRequest request);
}
