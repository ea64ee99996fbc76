package io.gatehouse.biometrics.model;

import io.gatehouse.biometrics.model.TargetRate.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What a distance between two templates of a pack means: the false match rate (ISO/IEC 19795-1) that a threshold there
 * has, measured on non-mated comparisons. Between rows the logarithm of the rate is interpolated; outside the table
 * nothing is claimed: a smaller distance gets the table's smallest rate, a rate below it is refused, unless it is asked
 * for as an extrapolation, which the answer then says. Immutable and thread-safe.
 *
 * @param rows   ascending in distance and in rate; empty if the pack was never calibrated. The first has the smallest
 *               rate that the data support
 * @param source what it was measured on
 * @param tail   how the rate goes on below the first row, if that was fitted
 */
public record Calibration(List<Row> rows, String source, Optional<Tail> tail) {
    /**
     * A threshold and its rate.
     *
     * @param distance       templates nearer than this match
     * @param falseMatchRate the part of non-mated comparisons that do so, above 0 up to 1
     */
    public record Row(double distance, double falseMatchRate) {
        public Row {
            if (!(distance > 0 && Double.isFinite(distance)) || !(falseMatchRate > 0 && falseMatchRate <= 1)) {
                throw new IllegalArgumentException(
                        "a calibration row has a distance above 0 and a rate above 0 up to 1, not " + distance + " and "
                                + falseMatchRate);
            }
        }
    }

    /**
     * A model of the rates below the table, of the kind "peaks over threshold" (Pickands 1975; Coles, An Introduction to
     * Statistical Modeling of Extreme Values, chapter 4): how far the nearest non-mated comparisons go below the first
     * row's distance follows a generalised Pareto distribution. The rate at d below the first row (d₀, r₀) is
     * r₀ · (1 + shape·(d₀−d)/scale)^(−1/shape), and r₀ · e^(−(d₀−d)/scale) at shape 0.
     *
     * <p>It is an assumption: that the tail that was seen goes on in the same way. Twins, wrong labels or pictures of a
     * kind that the sample has not are beyond it. A negative shape would promise a distance below which nobody is ever
     * mistaken, so it is not taken: at shape 0 the logarithm of the rate goes down in a straight line.
     *
     * @param scale above 0, a distance
     * @param shape 0 or more
     */
    public record Tail(double scale, double shape) {
        private static final double ALMOST_ZERO = 1e-9;

        public Tail {
            if (!(scale > 0 && Double.isFinite(scale)) || !(shape >= 0 && Double.isFinite(shape))) {
                throw new IllegalArgumentException(
                        "a tail has a scale above 0 and a shape of 0 or more, not " + scale + " and " + shape);
            }
        }

        /** What part of the first row's rate is left so far below its distance. */
        double part(double below) {
            return shape < ALMOST_ZERO
                    ? Math.exp(-below / scale)
                    : Math.exp(-Math.log1p(shape * below / scale) / shape);
        }

        /** How far below the first row's distance this part of its rate is left. */
        double below(double part) {
            return shape < ALMOST_ZERO ? -scale * Math.log(part) : scale * Math.expm1(-shape * Math.log(part)) / shape;
        }
    }

    /**
     * Where matches end.
     *
     * @param distance       templates nearer than this match
     * @param falseMatchRate the rate there
     * @param extrapolated   whether that rate is beyond what the data support
     */
    public record Threshold(double distance, double falseMatchRate, boolean extrapolated) {}

    /**
     * How unlikely a stranger is at a distance.
     *
     * @param value        −10·log10 of the false match rate, so that 40 is one in 10,000
     * @param extrapolated whether that rate is beyond what the data support
     */
    public record Score(double value, boolean extrapolated) {}

    /** A rate was asked for that the data do not support; the message says which they do, and what to do. */
    public static final class UnsupportedRateException extends IllegalArgumentException {
        UnsupportedRateException(String message) {
            super(message);
        }
    }

    public Calibration {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(tail, "tail");
        rows = List.copyOf(rows);
        for (int i = 1; i < rows.size(); i++) {
            Row last = rows.get(i - 1);
            Row row = rows.get(i);
            if (row.distance <= last.distance || row.falseMatchRate <= last.falseMatchRate) {
                throw new IllegalArgumentException(
                        "calibration rows ascend; row " + i + " is " + row + " after " + last);
            }
        }
    }

    /** A calibration that cannot be extrapolated. */
    public Calibration(List<Row> rows, String source) {
        this(rows, source, Optional.empty());
    }

    /** The smallest false match rate that the measured data support. */
    public double floor() {
        return first().falseMatchRate;
    }

    /** The false match rate of a threshold at this distance; never below {@link #floor()}. */
    public double falseMatchRateAt(double distance) {
        if (distance <= first().distance) {
            return floor();
        }
        for (int i = 1; i < rows.size(); i++) {
            Row upper = rows.get(i);
            if (distance <= upper.distance) {
                Row lower = rows.get(i - 1);
                double part = (distance - lower.distance) / (upper.distance - lower.distance);
                return Math.exp(mix(Math.log(lower.falseMatchRate), Math.log(upper.falseMatchRate), part));
            }
        }
        return 1;
    }

    /** The comparison score that people can read: −10·log10 of the false match rate, so that 40 is one in 10,000. */
    public double scoreAt(double distance) {
        return -10 * Math.log10(falseMatchRateAt(distance));
    }

    /** The score, on request also beyond what the data support; without it never above that of {@link #floor()}. */
    public Score score(double distance, boolean extrapolated) {
        if (!extrapolated || tail.isEmpty() || distance >= first().distance) {
            return new Score(scoreAt(distance), false);
        }
        double part = tail.get().part(first().distance - distance);
        return new Score(-10 * Math.log10(floor() * part), true);
    }

    /**
     * The distance below which two templates match at this false match rate.
     *
     * @throws UnsupportedRateException if the rate is not within what was measured
     */
    public double distanceAt(double falseMatchRate) {
        if (!(falseMatchRate > 0 && falseMatchRate < 1)) {
            throw new UnsupportedRateException(
                    "a false match rate of " + falseMatchRate + " is outside what was measured, " + measured());
        }
        return threshold(TargetRate.ofFalseMatches(falseMatchRate), 1).distance;
    }

    /**
     * How many references a gallery may have at this false positive identification rate; 0 if not even one.
     *
     * @throws ModelUnavailableException if the pack was never calibrated
     */
    public long largestGallery(double falsePositiveIdentificationRate) {
        TargetRate.ofFalsePositiveIdentifications(falsePositiveIdentificationRate);
        return (long) Math.floor(Math.log1p(-falsePositiveIdentificationRate) / Math.log1p(-floor()) + 1e-9);
    }

    /**
     * Where matches end, for a rate in a gallery of so many references.
     *
     * @throws UnsupportedRateException if that takes a rate outside what was measured, and either the target does not
     *                                  allow an extrapolation or there is none
     */
    public Threshold threshold(TargetRate target, long references) {
        double rate = target.falseMatchRate(references);
        Row last = rows.isEmpty() ? first() : rows.get(rows.size() - 1);
        // A rate that came out of a floor through logarithms may miss it by the last bit.
        if (rate >= floor() * (1 - 1e-9) && rate <= last.falseMatchRate) {
            return new Threshold(measuredDistance(Math.max(rate, floor())), rate, false);
        }
        if (rate < floor() && target.extrapolated() && tail.isPresent()) {
            double distance = first().distance - tail.get().below(rate / floor());
            if (distance > 0) {
                return new Threshold(distance, rate, true);
            }
        }
        throw new UnsupportedRateException(refusal(target, references, rate));
    }

    /** The members that {@code pack.json} has for it, as a JSON object. */
    public String toJson() {
        return CalibrationJson.text(this);
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Calibration parse(String json) {
        return CalibrationJson.parse(json);
    }

    /**
     * Puts it into a pack's {@code pack.json} in the place of the one there; the file is whole at any time.
     *
     * @param packId the pack that it was measured with, which the descriptor must be of
     * @throws IOException              if the file cannot be read or written
     * @throws IllegalArgumentException if it describes another pack or no embedder
     */
    public void writeTo(Path descriptor, String packId) throws IOException {
        CalibrationJson.replaceIn(descriptor, packId, this);
    }

    private double measuredDistance(double falseMatchRate) {
        for (int i = 1; i < rows.size(); i++) {
            Row upper = rows.get(i);
            if (falseMatchRate <= upper.falseMatchRate) {
                Row lower = rows.get(i - 1);
                double part = Math.log(falseMatchRate / lower.falseMatchRate)
                        / Math.log(upper.falseMatchRate / lower.falseMatchRate);
                return mix(lower.distance, upper.distance, part);
            }
        }
        return rows.get(rows.size() - 1).distance;
    }

    private String measured() {
        return floor() + " to " + rows.get(rows.size() - 1).falseMatchRate + " (" + source + ")";
    }

    private String refusal(TargetRate target, long references, double rate) {
        if (target.kind() == Kind.FALSE_MATCH) {
            return "a false match rate of " + rate + " is outside what was measured, " + measured()
                    + advice(target, rate);
        }
        return String.format(
                Locale.ROOT,
                "a false positive identification rate of %s among %,d references takes a false match rate of %.3g, which"
                        + " is outside what was measured, %s: that supports %,d references at this rate%s",
                target.rate(),
                references,
                rate,
                measured(),
                largestGallery(target.rate()),
                advice(target, rate));
    }

    private String advice(TargetRate target, double rate) {
        if (rate >= floor()) {
            return ": ask for a lower one";
        }
        if (!target.extrapolated()) {
            return "; ask for a higher rate, calibrate with more people, or allow an extrapolation";
        }
        return tail.isPresent()
                ? "; there is no distance left for it, even extrapolated"
                : "; this calibration has no model of its tail to extrapolate with: calibrate again";
    }

    private Row first() {
        if (rows.isEmpty()) {
            throw new ModelUnavailableException("this model pack has no calibration, so no rate can be told from a"
                    + " distance: use a pack that has one");
        }
        return rows.get(0);
    }

    private static double mix(double from, double to, double part) {
        return from + part * (to - from);
    }
}
