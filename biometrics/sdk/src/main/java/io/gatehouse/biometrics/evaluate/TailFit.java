package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.model.Calibration;

/**
 * Fits a generalised Pareto distribution to how far the nearest non-mated distances go below a high threshold, by
 * probability-weighted moments (Hosking and Wallis, Technometrics 1987), which are closed, and steadier than the likelihood
 * with a few hundred points. A shape below 0 becomes 0 with the mean excess as scale: the conservative side.
 */
final class TailFit {
    private TailFit() {}

    /**
     * The tail below the first row.
     *
     * @param sorted non-mated distances, ascending
     * @param points how many of the nearest are fitted
     * @param first  the first row's distance, below that of the last point
     */
    static Calibration.Tail below(double[] sorted, int points, double first) {
        double edge = sorted[points];
        double mean = 0;
        double weighted = 0;
        // The j-th excess from below has about the part (j − 0.35) / n below it; these fall with i, so j is n − i.
        for (int i = 0; i < points; i++) {
            double excess = edge - sorted[i];
            mean += excess / points;
            weighted += excess * (i + 0.35) / points / points;
        }
        double denominator = mean - 2 * weighted;
        double shape = 2 - mean / denominator;
        double scale = 2 * mean * weighted / denominator;
        if (!(denominator > 0) || !(shape > 0)) {
            return new Calibration.Tail(mean, 0);
        }
        // Above a higher threshold the excesses are Pareto again, with the same shape and a scale that grows with it.
        return new Calibration.Tail(scale + shape * (edge - first), shape);
    }
}
