package io.gatehouse.core.ledger;

import java.io.IOException;

/**
 * Takes events for good: a ledger, or an outbox on the way to one. Thread-safe. What only tells what happened, as a gate
 * does, needs no more than this.
 */
@FunctionalInterface
public interface EventSink {
    /**
     * Takes an event; it is durable when this returns. The same event again is kept once.
     *
     * @throws IOException              if it cannot be made durable; then nothing was taken
     * @throws IllegalArgumentException if another event has the same id, or it is larger than what can be kept
     */
    void take(LedgerEvent event) throws IOException;
}
