package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Calibration.Row;
import io.gatehouse.biometrics.model.Calibration.Score;
import java.util.List;

/**
 * Distances of one pack in score units, also where the data end: there every score is the same, and of two people both
 * beyond it nobody would be the nearer. The calibration's tail goes on then, or, without one, the straight line of its first
 * two rows. It ranks people and is told to nobody as a rate. Immutable and thread-safe.
 */
record Closeness(Calibration calibration) {
    double of(double distance) {
        List<Row> rows = calibration.rows();
        double end = rows.get(0).distance();
        if (distance >= end) {
            return calibration.scoreAt(distance);
        }
        Score score = calibration.score(distance, true);
        return score.extrapolated() ? score.value() : score.value() + (end - distance) * slope(rows);
    }

    /** Score units for each unit of distance. One row alone is a line through a score of 0 at twice its distance. */
    private double slope(List<Row> rows) {
        double score = calibration.scoreAt(rows.get(0).distance());
        double next = rows.size() > 1 ? rows.get(1).distance() : 2 * rows.get(0).distance();
        double nextScore = rows.size() > 1 ? calibration.scoreAt(next) : 0;
        return (score - nextScore) / (next - rows.get(0).distance());
    }
}
