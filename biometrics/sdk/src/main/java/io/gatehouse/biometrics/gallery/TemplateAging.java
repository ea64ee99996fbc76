package io.gatehouse.biometrics.gallery;

import java.time.Duration;
import java.util.Objects;

/**
 * When a person is proposed for enrolment anew (ATT-15). Immutable and thread-safe.
 *
 * @param maxAge    after so long their newest reference is old
 * @param memory    the trend is about that of the last so many accepted probes, at least 2
 * @param minProbes with fewer accepted probes a trend says nothing, at least 40
 * @param minRise   a trend counts if distances grew by at least this part of what they were in the beginning
 */
public record TemplateAging(Duration maxAge, int memory, int minProbes, double minRise) {
    /** Three years; the trend of 20 probes, from the 40th on; 15 % farther than in the beginning. */
    public static final TemplateAging DEFAULT = new TemplateAging(Duration.ofDays(3 * 365), 20, 40, 0.15);

    public TemplateAging {
        Objects.requireNonNull(maxAge, "maxAge");
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("a template may grow older than nothing, not " + maxAge);
        }
        if (memory < 2 || minProbes < 2 * Trend.LEARNED) {
            throw new IllegalArgumentException("a trend needs a memory of 2 and " + 2 * Trend.LEARNED
                    + " probes at least, not " + memory + " and " + minProbes);
        }
        if (!(minRise > 0 && minRise < 10)) {
            throw new IllegalArgumentException("a rise is above 0 and below 10, not " + minRise);
        }
    }
}
