package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;

/**
 * Rounds a residual to integers of a few bits, the levels lying evenly about 0 and none at 0, with the step that loses
 * least among a few that suit normally distributed numbers. Reused from reference to reference by the one thread that
 * writes; {@link #wipe} leaves nothing of the last.
 */
final class ReferenceCode {
    /** Steps in standard deviations, about those that Max found for the normal distribution (1960). */
    private static final double[][] STEPS = {{1}, {1}, {0.8, 1.0, 1.2}, {0.5, 0.6, 0.7}, {0.26, 0.30, 0.335, 0.38, 0.45}
    };

    private static final double COARSER = 1.25;

    private final int levels;
    private final double[] steps;
    private final double capacity;
    private final int[] trial;

    final int[] values;
    double squaredNorm;
    /** ⟨u−m,z⟩ and ‖u−m‖² of the best. */
    private double along;

    private double squaredLength;

    /** @param capacity what Σ(u − levels/2)² may be at most, for codes whose sums must fit */
    ReferenceCode(int dimension, int bits, double capacity) {
        this.levels = 1 << bits;
        this.steps = STEPS[bits];
        this.capacity = capacity;
        this.trial = new int[dimension];
        this.values = new int[dimension];
    }

    double middle() {
        return (levels - 1) / 2.0;
    }

    void encode(double[] residual) {
        squaredNorm = 0;
        for (double value : residual) {
            squaredNorm += value * value;
        }
        double deviation = Math.sqrt(squaredNorm / residual.length);
        along = 0;
        squaredLength = 1;
        for (double step : steps) {
            double size = step * deviation;
            while (!attempt(residual, size)) {
                size *= COARSER;
            }
        }
    }

    /** Keeps the trial if it points nearer to the residual than the best so far; false if it does not fit. */
    private boolean attempt(double[] residual, double step) {
        double trialAlong = 0;
        double trialLength = 0;
        double fromHalf = 0;
        double perStep = step > 0 ? 1 / step : 0;
        double half = levels / 2.0;
        for (int i = 0; i < residual.length; i++) {
            double level = Math.max(0, Math.min(levels - 1, Math.floor(residual[i] * perStep + half)));
            double centred = level - middle();
            trial[i] = (int) level;
            trialAlong += centred * residual[i];
            trialLength += centred * centred;
            fromHalf += (level - half) * (level - half);
        }
        if (fromHalf > capacity) {
            return false;
        }
        if (along == 0 || trialAlong * trialAlong * squaredLength > along * along * trialLength) {
            System.arraycopy(trial, 0, values, 0, trial.length);
            along = trialAlong;
            squaredLength = trialLength;
        }
        return true;
    }

    /** The scale that brings the code as near to the residual as it can be. */
    float nearestScale() {
        return (float) (along / squaredLength);
    }

    /** The scale that makes the difference from the residual stand at a right angle to it. */
    float projectingScale() {
        return along == 0 ? 0 : (float) (squaredNorm / along);
    }

    /** ‖ŷ − y‖. */
    double distance(double[] residual, float scale) {
        double squares = 0;
        for (int i = 0; i < residual.length; i++) {
            double difference = scale * (values[i] - middle()) - residual[i];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    void wipe() {
        Arrays.fill(trial, 0);
        Arrays.fill(values, 0);
        squaredNorm = 0;
        along = 0;
        squaredLength = 0;
    }
}
