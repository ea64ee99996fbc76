package io.gatehouse.core.outbox;

import java.util.Objects;

/**
 * An event that the receiver's ledger will never take, set aside in the outbox until somebody has looked at it.
 * Immutable and thread-safe.
 *
 * @param position where it stands in the outbox; {@link Outbox#dropRefused} takes it
 * @param event    the event
 * @param reason   what the receiver said
 */
public record RefusedEvent(long position, OutboxEvent event, String reason) {
    public RefusedEvent {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(reason, "reason");
    }
}
