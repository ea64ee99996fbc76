package io.gatehouse.biometrics.evaluate;

import java.util.Objects;

/**
 * What is asked of a sample before a table is made of it. Immutable and thread-safe.
 *
 * @param requiredRate the sample must support at least this FMR
 * @param minErrors    a rate is supported by so many false matches or more; 30 is the rule of 30, which takes them for
 *                     independent
 * @param maxDoubt     and if the upper end of its interval, people drawn anew, is at most so many times the rate: false
 *                     matches that come from few people tell less than their number
 * @param bootstrap    what draws them
 */
public record CalibratorOptions(double requiredRate, int minErrors, double maxDoubt, SubjectBootstrap bootstrap) {
    /** An FMR of 1 in 1,000 at least, the rule of 30, at most 3 times the rate, 500 replicates. */
    public static final CalibratorOptions DEFAULT =
            new CalibratorOptions(1e-3, 30, 3, new SubjectBootstrap(1, 500, 0.95));

    public CalibratorOptions {
        if (!(requiredRate > 0 && requiredRate < 1)) {
            throw new IllegalArgumentException("the required rate lies between 0 and 1, not " + requiredRate);
        }
        if (minErrors < 3) {
            throw new IllegalArgumentException("fewer than 3 errors tell no rate; they cannot be " + minErrors);
        }
        if (!(maxDoubt > 1)) {
            throw new IllegalArgumentException(
                    "the end of an interval is above the rate: it cannot be held to " + maxDoubt + " times of it");
        }
        Objects.requireNonNull(bootstrap, "bootstrap");
    }

    public CalibratorOptions withRequiredRate(double rate) {
        return new CalibratorOptions(rate, minErrors, maxDoubt, bootstrap);
    }

    public CalibratorOptions withBootstrap(SubjectBootstrap other) {
        return new CalibratorOptions(requiredRate, minErrors, maxDoubt, other);
    }
}
