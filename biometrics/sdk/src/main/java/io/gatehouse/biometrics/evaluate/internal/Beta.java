package io.gatehouse.biometrics.evaluate.internal;

/**
 * The beta distribution, for the exact limits of a proportion. The regularised incomplete beta function is the continued
 * fraction of DLMF 8.17.22, evaluated by Lentz's method; its inverse is found by bisection, which cannot miss.
 */
public final class Beta {
    private static final double TINY = 1e-300;
    private static final int MAX_TERMS = 100_000;

    private Beta() {}

    /** P(X ≤ x) of a beta distribution. */
    public static double cumulative(double x, double a, double b) {
        if (!(a > 0 && b > 0)) {
            throw new IllegalArgumentException("a beta distribution has parameters above 0, not " + a + " and " + b);
        }
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
        // The fraction converges quickly on this side; on the other the symmetry is used.
        return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
    }

    /** The x with P(X ≤ x) = probability. */
    public static double quantile(double probability, double a, double b) {
        double low = 0;
        double high = 1;
        // Small quantiles need relative precision: bisect until the doubles meet.
        for (int i = 0; i < 1_100 && high - low > 1e-15 * high; i++) {
            double middle = (low + high) / 2;
            if (cumulative(middle, a, b) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            double factor = c * d;
            value *= factor;
            if (Math.abs(factor - 1) < 1e-15) {
                return value;
            }
        }
        throw new ArithmeticException("no convergence for a beta distribution with " + a + " and " + b + " at " + x);
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Stirling's series (DLMF 5.11.1) after the recurrence has brought the argument above 12. */
    static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 12) {
            shift += Math.log(z);
            z++;
        }
        double inverse = 1 / z;
        double square = inverse * inverse;
        double series = inverse
                * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square * (1.0 / 1680 - square / 1188))));
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }
}
