package io.gatehouse.biometrics.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * How well one-to-one comparison tells people apart (ISO/IEC 19795-1): FMR, FNMR, their curve and where they are equal.
 * Rates are of the comparison alone; {@link AcquisitionCounts} adds what failed before. Two samples match if they are
 * nearer than the threshold. Immutable and thread-safe.
 */
public final class VerificationFigures {
    private static final int NON_MATED_POINTS = 400;

    private final Comparisons comparisons;

    private VerificationFigures(Comparisons comparisons) {
        this.comparisons = Objects.requireNonNull(comparisons, "comparisons");
        if (comparisons.mated() == 0 || comparisons.nonMated() == 0) {
            throw new IllegalArgumentException("error rates take mated and non-mated comparisons, not "
                    + comparisons.mated() + " and " + comparisons.nonMated()
                    + ": give at least two people, and one of them with two samples");
        }
    }

    /**
     * Figures of a set.
     *
     * @throws IllegalArgumentException if it has no mated or no non-mated comparison
     */
    public static VerificationFigures of(Comparisons comparisons) {
        return new VerificationFigures(comparisons);
    }

    /**
     * Both error rates at a threshold.
     *
     * @param distance samples nearer than this match
     * @param fmr      non-mated comparisons that match
     * @param fnmr     mated comparisons that do not
     */
    public record Point(double distance, Proportion fmr, Proportion fnmr) {}

    /** Both rates at a distance. */
    public Point at(double distance) {
        return new Point(distance, comparisons.falseMatches(distance), comparisons.falseNonMatches(distance));
    }

    /** The largest threshold whose FMR is at most this rate, with the FNMR that it costs. */
    public Point atFalseMatchRate(double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a false match rate lies between 0 and 1, not " + rate);
        }
        double[] sorted = comparisons.nonMatedSide().sorted;
        return at(sorted[(int) Math.floor(rate * sorted.length * (1 + 1e-12))]);
    }

    /**
     * The equal error rate: where FMR and FNMR are nearest to each other; the rate is the mean of the two. One number for
     * comparing systems, not a place to run one at.
     */
    public EqualError equalError() {
        double[] thresholds = thresholds(true);
        // FMR rises and FNMR falls with the threshold: find the first where FMR is not below FNMR.
        int low = 0;
        int high = thresholds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (gap(thresholds[middle]) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        double best = thresholds[low];
        if (low > 0 && Math.abs(gap(thresholds[low - 1])) < Math.abs(gap(best))) {
            best = thresholds[low - 1];
        }
        Point point = at(best);
        return new EqualError((point.fmr().rate() + point.fnmr().rate()) / 2, best);
    }

    /**
     * Where both rates are equal.
     *
     * @param rate     the rate
     * @param distance the threshold there
     */
    public record EqualError(double rate, double distance) {}

    /** The curve of both rates (DET; with 1 − FNMR it is the ROC), by ascending threshold, thinned where it is dense. */
    public List<Point> curve() {
        List<Point> points = new ArrayList<>();
        for (double threshold : thresholds(false)) {
            points.add(at(threshold));
        }
        return points;
    }

    private double gap(double distance) {
        Point point = at(distance);
        return point.fmr().rate() - point.fnmr().rate();
    }

    /** Distances at which a rate changes, and one above all. */
    private double[] thresholds(boolean all) {
        double[] mated = comparisons.matedSide().sorted;
        double[] nonMated = comparisons.nonMatedSide().sorted;
        double above = Math.nextUp(Math.max(mated[mated.length - 1], nonMated[nonMated.length - 1]));
        DoubleStream non = all ? Arrays.stream(nonMated) : thinned(nonMated);
        return DoubleStream.concat(DoubleStream.concat(Arrays.stream(mated), non), DoubleStream.of(above))
                .sorted()
                .distinct()
                .toArray();
    }

    /** The nearest ones all, then ever fewer: the rates of interest are the small ones. */
    private static DoubleStream thinned(double[] sorted) {
        return DoubleStream.iterate(
                        0,
                        index -> index < sorted.length,
                        index -> Math.max(index + 1, Math.floor(index * (1 + 16.0 / NON_MATED_POINTS))))
                .map(index -> sorted[(int) index]);
    }
}
