package io.gatehouse.core.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How an outbox does. Immutable and thread-safe.
 *
 * @param waiting         how many events are to be delivered
 * @param refused         how many were refused and are set aside
 * @param bytes           how many bytes both take
 * @param offlineSince    since when nothing was answered, or the program runs, by the gate's clock; empty while in touch
 * @param clockDifference the receiver's time minus the gate's at the last exchange, the way there included
 * @param problem         what the last exchange failed with; empty if it did not
 */
public record OutboxStatus(
        long waiting,
        long refused,
        long bytes,
        Optional<Instant> offlineSince,
        Optional<Duration> clockDifference,
        Optional<String> problem) {
    public OutboxStatus {
        Objects.requireNonNull(offlineSince, "offlineSince");
        Objects.requireNonNull(clockDifference, "clockDifference");
        Objects.requireNonNull(problem, "problem");
        if (waiting < 0 || refused < 0 || bytes < 0) {
            throw new IllegalArgumentException("an outbox has no less than nothing, not " + waiting + " events, "
                    + refused + " refused and " + bytes + " bytes");
        }
    }
}
