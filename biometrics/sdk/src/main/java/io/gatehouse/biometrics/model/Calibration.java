package io.gatehouse.biometrics.model;

import java.util.List;
import java.util.Objects;

/**
 * What a distance between two templates of a pack means: the false match rate (ISO/IEC 19795-1) that a threshold there
 * has, measured on non-mated comparisons. Between rows the logarithm of the rate is interpolated; outside the table
 * nothing is claimed: a smaller distance gets the table's smallest rate, a rate below it is refused. Immutable and
 * thread-safe.
 *
 * @param rows   ascending in distance and in rate; empty if the pack was never calibrated
 * @param source what it was measured on
 */
public record Calibration(List<Row> rows, String source) {
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

    public Calibration {
        Objects.requireNonNull(source, "source");
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

    /**
     * The distance below which two templates match at this false match rate.
     *
     * @throws IllegalArgumentException if the rate is not within what was measured
     */
    public double distanceAt(double falseMatchRate) {
        Row last = rows.isEmpty() ? first() : rows.get(rows.size() - 1);
        if (!(falseMatchRate >= floor() && falseMatchRate <= last.falseMatchRate)) {
            throw new IllegalArgumentException("a false match rate of " + falseMatchRate
                    + " is outside what was measured, " + floor() + " to " + last.falseMatchRate + " (" + source + ")");
        }
        for (int i = 1; i < rows.size(); i++) {
            Row upper = rows.get(i);
            if (falseMatchRate <= upper.falseMatchRate) {
                Row lower = rows.get(i - 1);
                double part = Math.log(falseMatchRate / lower.falseMatchRate)
                        / Math.log(upper.falseMatchRate / lower.falseMatchRate);
                return mix(lower.distance, upper.distance, part);
            }
        }
        return last.distance;
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
