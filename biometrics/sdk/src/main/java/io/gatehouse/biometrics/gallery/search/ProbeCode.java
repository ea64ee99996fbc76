package io.gatehouse.biometrics.gallery.search;

/**
 * A probe rounded to integers: t·v with the rest f. Holds what it is given; not to be changed.
 *
 * @param values      v
 * @param step        t
 * @param squaredNorm of what was rounded
 * @param rest        ‖f‖, rounded up
 */
record ProbeCode(int[] values, double step, double squaredNorm, double rest) {
    /** @param step t; 0 only for a probe of zeros */
    static ProbeCode of(double[] probe, double step, int least, int most) {
        int[] values = new int[probe.length];
        double squares = 0;
        double rest = 0;
        for (int i = 0; i < probe.length; i++) {
            long nearest = step == 0 ? 0 : Math.round(probe[i] / step);
            values[i] = (int) Math.max(least, Math.min(most, nearest));
            double missing = probe[i] - step * values[i];
            squares += probe[i] * probe[i];
            rest += missing * missing;
        }
        // A double is far finer than what depends on it; the slack of the bound has room for its roundings.
        return new ProbeCode(values, step, squares, Math.sqrt(rest));
    }

    int dimension() {
        return values.length;
    }

    /** w of the bound: any number above 0 is right, the norm is near the best. */
    double weight() {
        return squaredNorm == 0 ? 1 : Math.sqrt(squaredNorm);
    }

    long sum() {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }
}
