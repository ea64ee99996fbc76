package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.LedgerEvent;
import java.util.Objects;

/**
 * An event that an outbox kept. Immutable and thread-safe.
 *
 * @param event    what happened; if withheld, without the person and the personal facts
 * @param withheld that there was a person, whose key was shredded at the gate before this was sent
 */
public record OutboxEvent(LedgerEvent event, boolean withheld) {
    public OutboxEvent {
        Objects.requireNonNull(event, "event");
        if (withheld && event.person().isPresent()) {
            throw new IllegalArgumentException("event " + event.id() + " has a person who is said to be withheld");
        }
    }

    public static OutboxEvent of(LedgerEvent event) {
        return new OutboxEvent(event, false);
    }
}
