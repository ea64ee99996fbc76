package io.gatehouse.biometrics.gallery;

import java.time.Duration;
import java.util.Objects;

/**
 * How many searches may be made: so many in a time on average, and so many at once after a pause (a token bucket). A batch
 * counts as many searches as it has probes. Immutable and thread-safe.
 *
 * @param searches in each {@code per}
 * @param per      a time
 * @param burst    at once, when nobody searched for long enough
 */
public record SearchLimit(int searches, Duration per, int burst) {
    public SearchLimit {
        Objects.requireNonNull(per, "per");
        if (searches < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a limit lets 1 search or more through, and 1 or more at once, not " + searches + " and " + burst);
        }
        Duration each = per.dividedBy(searches);
        if (each.compareTo(Duration.ofNanos(1)) < 0 || each.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a limit has 1 ns to 1 day for each search, not " + each);
        }
        if (each.toNanos() > Long.MAX_VALUE / burst) {
            throw new IllegalArgumentException(
                    "a burst of " + burst + " searches takes longer than can be counted, at " + each + " for each");
        }
    }

    public static SearchLimit perSecond(int searches, int burst) {
        return new SearchLimit(searches, Duration.ofSeconds(1), burst);
    }

    public static SearchLimit perMinute(int searches, int burst) {
        return new SearchLimit(searches, Duration.ofMinutes(1), burst);
    }

    /** What one search takes of the bucket. */
    long nanosEach() {
        return per.dividedBy(searches).toNanos();
    }
}
