package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.evaluate.internal.Beta;
import io.gatehouse.biometrics.evaluate.internal.Normal;
import java.util.Locale;

/**
 * So many errors in so many trials. The intervals here take the trials for independent; comparisons that share people are
 * not, and {@link SubjectBootstrap} tells what that costs. Immutable and thread-safe.
 *
 * @param errors how many
 * @param trials of how many; with 0 there is no rate
 */
public record Proportion(long errors, long trials) {
    public Proportion {
        if (errors < 0 || errors > trials) {
            throw new IllegalArgumentException(
                    "errors are 0 up to the number of trials, not " + errors + " of " + trials);
        }
    }

    public static Proportion of(long errors, long trials) {
        return new Proportion(errors, trials);
    }

    /** The rate; NaN without trials. */
    public double rate() {
        return trials == 0 ? Double.NaN : (double) errors / trials;
    }

    /** The exact interval (Clopper and Pearson, Biometrika 1934): never too narrow. Without trials it is 0 to 1. */
    public Interval clopperPearson(double confidence) {
        double outside = (1 - Interval.requireConfidence(confidence)) / 2;
        long right = trials - errors;
        return new Interval(
                errors == 0 ? 0 : Beta.quantile(outside, (double) errors, right + 1.0),
                right == 0 ? 1 : Beta.quantile(1 - outside, errors + 1.0, (double) right),
                confidence);
    }

    /** The score interval (Wilson, JASA 1927): right on the average, narrower. Without trials it is 0 to 1. */
    public Interval wilson(double confidence) {
        if (trials == 0) {
            return new Interval(0, 1, Interval.requireConfidence(confidence));
        }
        double z = -Normal.quantile((1 - Interval.requireConfidence(confidence)) / 2);
        double p = rate();
        double z2n = z * z / trials;
        double centre = (p + z2n / 2) / (1 + z2n);
        double half = z / (1 + z2n) * Math.sqrt(p * (1 - p) / trials + z2n / (4 * trials));
        return new Interval(
                errors == 0 ? 0 : Math.max(0, centre - half),
                errors == trials ? 1 : Math.min(1, centre + half),
                confidence);
    }

    /**
     * The rule of 30 (Doddington and others, Speech Communication 2000): with at least 30 errors the true rate is, with 90 %
     * confidence, within ±30 % of the measured one, if the trials are independent.
     */
    public boolean meetsRuleOf30() {
        return errors >= 30;
    }

    /** The rule of 3: what a rate is below, with 95 % confidence, if so many independent trials had no error. */
    public static double ruleOf3(long trials) {
        return trials <= 3 ? 1 : 3.0 / trials;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.4g (%,d of %,d)", rate(), errors, trials);
    }
}
