package io.gatehouse.core.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: twice as long each time, and by chance up to half of it less, so that gates
 * do not all come back at once. Immutable and thread-safe.
 *
 * @param first   after the first failure, at least a millisecond
 * @param longest at most, up to a day
 */
public record Backoff(Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 32;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "waits go from at least 1 ms up to at most a day, not from " + first + " to " + longest);
        }
    }

    /** From one second to one minute. */
    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /**
     * How long to wait now.
     *
     * @param failures how many there were in a row, at least 1
     */
    public Duration pause(long failures, RandomGenerator random) {
        long doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        long millis = first.toMillis();
        for (long i = 0; i < doublings && millis < longest.toMillis(); i++) {
            millis *= 2;
        }
        long longestNow = Math.min(millis, longest.toMillis());
        return Duration.ofMillis(longestNow - random.nextLong(longestNow / 2 + 1));
    }
}
