package io.gatehouse.biometrics.evaluate;

import java.util.Arrays;

/**
 * How well protected references of one person under two keys can be told from those of two people: the global measure D↔sys
 * of Gomez-Barrero, Galbally, Rathgeb and Busch, "General Framework to Evaluate Unlinkability in Biometric Template
 * Protection Systems", IEEE TIFS 13(6), 2018, from histograms. 0: not at all; 1: always. Immutable and thread-safe.
 *
 * <p>Where a score is as likely or likelier among non-mated pairs it tells nothing; elsewhere the local measure is
 * 2·LR·ω / (1 + LR·ω) − 1 with the likelihood ratio LR, and the global one is its mean over mated pairs. Chance makes two
 * finite samples of one distribution differ too, so that the estimate is too high, by about √(bins / fewer pairs) at most:
 * read it as an upper bound.
 *
 * @param system   D↔sys
 * @param bins     of the histograms, equally wide between the least and the greatest score
 * @param mated    how many mated scores
 * @param nonMated how many non-mated scores
 */
public record Unlinkability(double system, int bins, int mated, int nonMated) {
    private static final int MOST_BINS = 100_000;

    public Unlinkability {
        if (!(system >= 0 && system <= 1)) {
            throw new IllegalArgumentException("D of a system is 0 to 1, not " + system);
        }
    }

    /** With as many bins as the square root of the smaller number of scores, and both kinds of pairs equally likely before. */
    public static Unlinkability of(double[] mated, double[] nonMated) {
        return of(mated, nonMated, 1, Math.max(1, (int) Math.sqrt(Math.min(mated.length, nonMated.length))));
    }

    /**
     * Of scores or distances between references under two keys.
     *
     * @param mated    of one person each
     * @param nonMated of two people each
     * @param omega    how many times as likely a mated pair is as a non-mated one, before the score is known; 1 if nothing is known
     * @param bins     1 to 100,000
     * @throws IllegalArgumentException if a list is empty or has a number that is not finite
     */
    public static Unlinkability of(double[] mated, double[] nonMated, double omega, int bins) {
        if (bins < 1 || bins > MOST_BINS) {
            throw new IllegalArgumentException("a histogram has 1 to " + MOST_BINS + " bins, not " + bins);
        }
        if (!(omega > 0) || !Double.isFinite(omega)) {
            throw new IllegalArgumentException("a ratio of probabilities is positive and finite, not " + omega);
        }
        double least = Math.min(least(mated, "mated"), least(nonMated, "non-mated"));
        double most = Math.max(
                Arrays.stream(mated).max().getAsDouble(),
                Arrays.stream(nonMated).max().getAsDouble());
        double[] matedParts = parts(mated, least, most, bins);
        double[] nonMatedParts = parts(nonMated, least, most, bins);
        double system = 0;
        for (int bin = 0; bin < bins; bin++) {
            system += matedParts[bin] * local(omega * matedParts[bin], nonMatedParts[bin]);
        }
        return new Unlinkability(Math.min(1, system), bins, mated.length, nonMated.length);
    }

    /** D↔ of a bin: LR·ω is the quotient, which need not be formed where nothing is non-mated. */
    private static double local(double mated, double nonMated) {
        return mated <= nonMated ? 0 : 2 * mated / (mated + nonMated) - 1;
    }

    private static double least(double[] scores, String what) {
        double sum = Arrays.stream(scores).sum();
        if (scores.length == 0 || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("there are no " + what + " scores, or some are not finite");
        }
        return Arrays.stream(scores).min().getAsDouble();
    }

    private static double[] parts(double[] scores, double least, double most, int bins) {
        double[] parts = new double[bins];
        for (double score : scores) {
            int bin = most > least ? (int) ((score - least) / (most - least) * bins) : 0;
            parts[Math.min(bin, bins - 1)] += 1.0 / scores.length;
        }
        return parts;
    }
}
