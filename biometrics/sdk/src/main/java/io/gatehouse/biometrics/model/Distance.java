package io.gatehouse.biometrics.model;

/**
 * How a pack's vectors are compared. Both end as a Euclidean distance, so that galleries, protection and calibration
 * know one kind only.
 */
public enum Distance {
    /** The distance between the vectors as the network gives them. */
    EUCLIDEAN,
    /**
     * The angle between the vectors: they are brought to length 1, where the distance is √(2 − 2·cosine) and falls as the
     * cosine rises.
     */
    COSINE;

    /** The distance between two vectors of length 1 with this cosine, 0 to 2. */
    public static double ofCosine(double cosine) {
        if (!(cosine >= -1 && cosine <= 1)) {
            throw new IllegalArgumentException("a cosine is -1 to 1, not " + cosine);
        }
        return Math.sqrt(2 - 2 * cosine);
    }
}
