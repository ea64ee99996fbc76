package io.gatehouse.policy.permit.analyse;

import java.time.LocalDate;
import java.util.Objects;

/**
 * How far an analysis looks. Immutable and thread-safe.
 *
 * @param first  the first date it looks at, by the site's clock
 * @param days   how many dates, 1 to 800; schedules are judged by these alone
 * @param budget how many boxes may be looked at for each question about one rule, at least 1; what takes more is unknown
 */
public record AnalysisOptions(LocalDate first, int days, long budget) {
    private static final int MAX_DAYS = 800;
    private static final int TWO_WEEKS = 14;
    private static final long BUDGET = 100_000;

    public AnalysisOptions {
        Objects.requireNonNull(first, "first");
        if (days < 1 || days > MAX_DAYS) {
            throw new IllegalArgumentException("an analysis looks at 1 to " + MAX_DAYS + " days, not " + days);
        }
        if (budget < 1) {
            throw new IllegalArgumentException("an analysis looks at 1 box or more, not at " + budget);
        }
    }

    /** Two weeks from a date. */
    public static AnalysisOptions from(LocalDate first) {
        return new AnalysisOptions(first, TWO_WEEKS, BUDGET);
    }
}
