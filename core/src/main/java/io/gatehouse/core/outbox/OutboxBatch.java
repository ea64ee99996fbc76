package io.gatehouse.core.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What an outbox sends at once: events with ascending numbers without gaps, and what its clock says. It may be empty, to
 * compare clocks. Immutable and thread-safe. It holds personal data in clear: whatever carries it encrypts it, and makes
 * sure that the sender is who {@code outbox} says.
 *
 * @param outbox       who sends
 * @param series       which numbering; an outbox that begins anew takes another
 * @param first        the number of the first event, or of the next one if there is none; a series begins with 0
 * @param events       in the order in which they were taken, at most {@value #MAX_EVENTS}
 * @param waiting      how many events the outbox had to deliver, with these
 * @param gateTime     what the gate's clock said when this was sent
 * @param offlineSince on a return: since when nothing had been answered, or the gate's program had run, by the gate's
 *                     clock. It stays the same until a receipt came
 */
public record OutboxBatch(
        OutboxId outbox,
        UUID series,
        long first,
        List<OutboxEvent> events,
        long waiting,
        Instant gateTime,
        Optional<Instant> offlineSince) {
    /** As many events as one batch may have. */
    public static final int MAX_EVENTS = 256;

    public OutboxBatch {
        Objects.requireNonNull(outbox, "outbox");
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(gateTime, "gateTime");
        Objects.requireNonNull(offlineSince, "offlineSince");
        if (events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "a batch has at most " + MAX_EVENTS + " events, this one " + events.size());
        }
        events = List.copyOf(events);
        if (first < 0 || first > Long.MAX_VALUE - MAX_EVENTS) {
            throw new IllegalArgumentException("events are numbered from 0, this batch begins with " + first);
        }
        if (waiting < events.size()) {
            throw new IllegalArgumentException(
                    "a batch of " + events.size() + " events cannot come from an outbox with " + waiting);
        }
    }

    /** The number after the last one. */
    public long end() {
        return first + events.size();
    }

    /** Without the events. */
    @Override
    public String toString() {
        return "OutboxBatch[" + outbox + ", " + series + ", " + first + " to " + end() + ", " + gateTime + "]";
    }
}
