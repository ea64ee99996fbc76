package io.gatehouse.devices.fleet;

import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What came of an acceptance test. Immutable and thread-safe.
 *
 * @param attempts how many readings were tried
 * @param reads    how many succeeded
 * @param median   half of the successful ones took no longer, in microseconds
 * @param slowest  19 of 20 of them took no longer, in microseconds
 * @param missing  what keeps it from being accepted; empty if it passed
 */
public record AcceptanceResult(int attempts, int reads, Duration median, Duration slowest, List<Reason> missing) {
    public AcceptanceResult {
        Objects.requireNonNull(median, "median");
        Objects.requireNonNull(slowest, "slowest");
        median = Duration.ofNanos(median.toNanos() / 1_000 * 1_000);
        slowest = Duration.ofNanos(slowest.toNanos() / 1_000 * 1_000);
        missing = List.copyOf(missing);
        if (reads < 0 || reads > attempts) {
            throw new IllegalArgumentException(reads + " of " + attempts + " readings cannot have succeeded");
        }
    }

    public boolean isPassed() {
        return missing.isEmpty();
    }

    /** The share of readings that succeeded; zero of none. */
    public double readRate() {
        return attempts == 0 ? 0 : (double) reads / attempts;
    }
}
