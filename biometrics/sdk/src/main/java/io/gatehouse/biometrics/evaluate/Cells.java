package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.evaluate.Comparisons.Side;
import java.util.Arrays;

/**
 * Comparisons added up by whom they compare, since those of the same two people go together. A cell is a person (mated)
 * or an unordered pair of people (non-mated). Immutable.
 */
final class Cells {
    private final int people;
    private final int[] one;
    private final int[] other;
    private final int[] trials;
    private final int[] cellOf;
    private final double[] distances;

    private Cells(int people, int[] one, int[] other, int[] trials, int[] cellOf, double[] distances) {
        this.people = people;
        this.one = one;
        this.other = other;
        this.trials = trials;
        this.cellOf = cellOf;
        this.distances = distances;
    }

    static Cells of(Comparisons comparisons, Side side) {
        int count = side.one.length;
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            long low = Math.min(side.one[i], side.other[i]);
            keys[i] = low << 32 | Math.max(side.one[i], side.other[i]);
        }
        long[] distinct = Arrays.stream(keys).sorted().distinct().toArray();
        int[] trials = new int[distinct.length];
        int[] cellOf = new int[count];
        for (int i = 0; i < count; i++) {
            cellOf[i] = Arrays.binarySearch(distinct, keys[i]);
            trials[cellOf[i]]++;
        }
        return new Cells(
                comparisons.subjects().size(),
                Arrays.stream(distinct).mapToInt(key -> (int) (key >> 32)).toArray(),
                Arrays.stream(distinct).mapToInt(key -> (int) key).toArray(),
                trials,
                cellOf,
                side.distances);
    }

    int people() {
        return people;
    }

    int size() {
        return trials.length;
    }

    int one(int cell) {
        return one[cell];
    }

    int other(int cell) {
        return other[cell];
    }

    int trials(int cell) {
        return trials[cell];
    }

    /** Per cell, how many comparisons are nearer than a distance, or are not. */
    int[] errors(double distance, boolean nearer) {
        int[] errors = new int[trials.length];
        for (int i = 0; i < distances.length; i++) {
            if ((distances[i] < distance) == nearer) {
                errors[cellOf[i]]++;
            }
        }
        return errors;
    }

    /**
     * How many independent errors would tell the rate as surely as these do: the squared rate over its variance, where two
     * comparisons go together if they share a person (the dyadic cluster-robust variance; Aronow, Samii and Assenova,
     * Political Analysis 2015). With independent comparisons it is about the number of errors.
     */
    double effectiveErrors(int[] errors) {
        double all = 0;
        double wrong = 0;
        for (int cell = 0; cell < trials.length; cell++) {
            all += trials[cell];
            wrong += errors[cell];
        }
        if (wrong == 0) {
            return 0;
        }
        double rate = wrong / all;
        double[] bySubject = new double[people];
        double ownSquares = 0;
        for (int cell = 0; cell < trials.length; cell++) {
            double residual = errors[cell] - rate * trials[cell];
            bySubject[one[cell]] += residual;
            if (one[cell] != other[cell]) {
                bySubject[other[cell]] += residual;
                ownSquares += residual * residual;
            }
        }
        double squares = Arrays.stream(bySubject).map(sum -> sum * sum).sum();
        double variance = squares - ownSquares;
        // The estimate can fall below that of independent errors, even below 0: no more is claimed than they give.
        return variance <= wrong ? wrong : wrong * wrong / variance;
    }
}
