package io.gatehouse.biometrics.evaluate;

/**
 * Between which values a rate lies, and how sure that is. Immutable and thread-safe.
 *
 * @param lower      from here
 * @param upper      to here
 * @param confidence the part of such intervals that hold the true value, between 0 and 1
 */
public record Interval(double lower, double upper, double confidence) {
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("an interval goes upwards, not from " + lower + " to " + upper);
        }
        requireConfidence(confidence);
    }

    static double requireConfidence(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0 and 1, such as 0.95, not " + confidence);
        }
        return confidence;
    }

    public boolean holds(double value) {
        return value >= lower && value <= upper;
    }

    /** The smallest interval that holds both. */
    public Interval hull(Interval other) {
        if (other.confidence != confidence) {
            throw new IllegalArgumentException(
                    "intervals of confidence " + confidence + " and " + other.confidence + " do not go together");
        }
        return new Interval(Math.min(lower, other.lower), Math.max(upper, other.upper), confidence);
    }
}
