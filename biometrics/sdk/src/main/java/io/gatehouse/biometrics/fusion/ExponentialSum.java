package io.gatehouse.biometrics.fusion;

import java.util.Arrays;

/**
 * The tail of a sum of independent exponential variables with given means (the hypoexponential distribution). The closed
 * form divides by differences of the means and breaks down where they are nearly equal; this instead walks the chain of
 * phases with steps at the highest rate (uniformisation; Jensen 1953): a sum of positive terms, exact to rounding also far
 * out in the tail.
 */
final class ExponentialSum {
    private static final double NEGLIGIBLE = 1e-17;

    private ExponentialSum() {}

    /** log10 of P(sum ≥ x). */
    static double log10Tail(double[] means, double x) {
        if (x <= 0) {
            return 0;
        }
        double fastest = 1 / Arrays.stream(means).min().orElseThrow();
        double steps = fastest * x;
        double[] inPhase = new double[means.length];
        inPhase[0] = 1;
        double logPoisson = -steps;
        double logScale = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int n = 0; ; n++) {
            double term = logPoisson + Math.log(Arrays.stream(inPhase).sum());
            // Kept relative to the largest term so far, for e^(-steps) itself may be too small for a double.
            if (term > logScale) {
                sum = sum * Math.exp(logScale - term) + 1;
                logScale = term;
            } else {
                sum += Math.exp(term - logScale);
            }
            if (n > steps && Math.exp(term - logScale) < NEGLIGIBLE * sum) {
                return (logScale + Math.log(sum)) / Math.log(10);
            }
            step(inPhase, means, fastest);
            logPoisson += Math.log(steps) - Math.log(n + 1);
        }
    }

    /** One step of the chain: each phase is left for the next with its own rate over the fastest. */
    private static void step(double[] inPhase, double[] means, double fastest) {
        for (int phase = means.length - 1; phase >= 0; phase--) {
            double from = inPhase[phase] / means[phase] / fastest;
            inPhase[phase] -= from;
            if (phase + 1 < means.length) {
                inPhase[phase + 1] += from;
            }
        }
    }
}
