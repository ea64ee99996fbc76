package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * How often a stranger may be taken for somebody: what a decision threshold is asked for as (ISO/IEC 19795-1). Immutable
 * and thread-safe.
 *
 * <p>A search compares a probe with every reference. If each of N comparisons matches a stranger with the rate FMR, and
 * independently, then the search does with FPIR = 1 − (1 − FMR)^N. The comparisons of one search are not independent:
 * they share the probe, and several references may be one person's. Both make it likelier that false matches come
 * together, hence in fewer searches; whatever the dependence, FPIR is never above N × FMR. So N counts references, not
 * people, which errs to the safe side.
 *
 * @param kind         of one comparison or of a whole search
 * @param rate         the rate, between 0 and 1
 * @param extrapolated whether a threshold may come from beyond what the calibration's data support; see
 *                     {@link Calibration.Tail}
 */
public record TargetRate(Kind kind, double rate, boolean extrapolated) {
    /** What is counted. */
    public enum Kind {
        /** Non-mated comparisons that match: FMR. */
        FALSE_MATCH,
        /** Searches for people who are not in the gallery that find somebody: FPIR. */
        FALSE_POSITIVE_IDENTIFICATION
    }

    public TargetRate {
        Objects.requireNonNull(kind, "kind");
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("a false match rate or a false positive identification rate lies"
                    + " between 0 and 1, not " + rate);
        }
    }

    /** A false match rate of each comparison, whatever the gallery's size. */
    public static TargetRate ofFalseMatches(double rate) {
        return new TargetRate(Kind.FALSE_MATCH, rate, false);
    }

    /** A rate of whole searches: the more references, the stricter each comparison. */
    public static TargetRate ofFalsePositiveIdentifications(double rate) {
        return new TargetRate(Kind.FALSE_POSITIVE_IDENTIFICATION, rate, false);
    }

    /** The same, also where it takes an extrapolation that the data cannot confirm. */
    public TargetRate extrapolating() {
        return new TargetRate(kind, rate, true);
    }

    /** The false match rate that each comparison may have in a gallery of so many references; an empty one counts as 1. */
    public double falseMatchRate(long references) {
        if (references < 0) {
            throw new IllegalArgumentException("a gallery has 0 references or more, not " + references);
        }
        return kind == Kind.FALSE_MATCH ? rate : -Math.expm1(Math.log1p(-rate) / Math.max(1, references));
    }

    /** The rate in words, as messages have it. */
    @Override
    public String toString() {
        return (kind == Kind.FALSE_MATCH ? "FMR " : "FPIR ") + rate + (extrapolated ? ", extrapolated" : "");
    }
}
