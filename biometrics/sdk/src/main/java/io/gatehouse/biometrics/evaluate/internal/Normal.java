package io.gatehouse.biometrics.evaluate.internal;

/**
 * The standard normal distribution. The upper tail is a series near 0 (Abramowitz and Stegun 26.2.10) and a continued
 * fraction farther out (26.2.14), good to about twelve digits also of very small probabilities; the inverse is bisected.
 */
public final class Normal {
    private static final double LIMIT = 37;

    private Normal() {}

    /** P(X ≤ x). */
    public static double cumulative(double x) {
        return x < 0 ? upper(-x) : 1 - upper(x);
    }

    /** The x with P(X ≤ x) = probability; beyond ±37 for 0 and 1. */
    public static double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability lies between 0 and 1, not " + probability);
        }
        if (probability > 0.5) {
            return -quantile(1 - probability);
        }
        double low = -LIMIT;
        double high = 0;
        for (int i = 0; i < 80; i++) {
            double middle = (low + high) / 2;
            if (upper(-middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double upper(double x) {
        double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x > 4) {
            double fraction = 0;
            for (int k = 80; k >= 1; k--) {
                fraction = k / (x + fraction);
            }
            return density / (x + fraction);
        }
        double term = x;
        double sum = x;
        for (int k = 1; k < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 - density * sum;
    }
}
