package io.gatehouse.biometrics.fusion;

import java.util.Objects;

/**
 * A comparison with a calibrated score. Immutable and thread-safe.
 *
 * @param modality     what was compared, for example {@code face}: comparisons of one modality are taken as dependent
 * @param score        −10·log10 of the false match rate at this comparison: a stranger scores at least this with at most
 *                     that rate; 0 or more
 * @param extrapolated whether the score is beyond what its calibration's data support
 */
public record ComparisonScore(String modality, double score, boolean extrapolated) {
    public ComparisonScore {
        Objects.requireNonNull(modality, "modality");
        if (modality.isBlank()) {
            throw new IllegalArgumentException("a comparison names its modality, such as face");
        }
        if (!(score >= 0 && Double.isFinite(score))) {
            throw new IllegalArgumentException(
                    "a calibrated score is 0 or more and finite, not " + score + " (" + modality + ")");
        }
    }

    /** A score that the data support. */
    public static ComparisonScore of(String modality, double score) {
        return new ComparisonScore(modality, score, false);
    }
}
