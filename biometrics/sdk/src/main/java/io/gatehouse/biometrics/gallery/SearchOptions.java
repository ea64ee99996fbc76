package io.gatehouse.biometrics.gallery;

/**
 * How strict a comparison is. Immutable and thread-safe.
 *
 * @param falseMatchRate at most this part of non-mated comparisons matches (FMR, ISO/IEC 19795-1). A search among N
 *                       people compares N times, so about N × this part of strangers is taken for somebody (FPIR)
 * @param margin         the second-nearest person is at least this part farther than the nearest, or the answer is
 *                       ambiguous; 0 always takes the nearest
 */
public record SearchOptions(double falseMatchRate, double margin) {
    /** One false match in 10,000 comparisons, a margin of 5 %. */
    public static final SearchOptions DEFAULT = new SearchOptions(1e-4, 0.05);

    public SearchOptions {
        if (!(falseMatchRate > 0 && falseMatchRate < 1)) {
            throw new IllegalArgumentException("a false match rate lies between 0 and 1, not " + falseMatchRate);
        }
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("a margin is 0 or more and less than 1, not " + margin);
        }
    }

    public SearchOptions withFalseMatchRate(double rate) {
        return new SearchOptions(rate, margin);
    }
}
