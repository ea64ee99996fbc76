package io.gatehouse.biometrics.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Intervals for rates whose comparisons share people, by drawing people with replacement and counting their comparisons
 * as often as they were drawn (Bolle, Ratha and Pankanti, CVIU 2004, on subsets by person; Owen, Annals of Applied
 * Statistics 2007, on two people a comparison). The percentiles of the replicates are the interval, and it is never
 * narrower than the exact one for independent trials, so that no errors does not mean no doubt. With few people percentiles
 * are a little narrow: of 50 people about 90 in 100 such intervals of 95 % held the truth in a simulation, where 40 of those
 * for independent trials did. The same seed gives the same interval. Immutable and thread-safe.
 *
 * @param seed       of the draws
 * @param replicates how many draws; 1,000 for 95 %
 * @param confidence of the intervals
 */
public record SubjectBootstrap(long seed, int replicates, double confidence) {
    public SubjectBootstrap {
        if (replicates < 40 || replicates > 1_000_000) {
            throw new IllegalArgumentException("a bootstrap has 40 to 1,000,000 replicates, not " + replicates);
        }
        Interval.requireConfidence(confidence);
    }

    /** 1,000 replicates, 95 %. */
    public static SubjectBootstrap of(long seed) {
        return new SubjectBootstrap(seed, 1_000, 0.95);
    }

    /** The FMR at a distance. */
    public Interval falseMatchRate(Comparisons comparisons, double distance) {
        return falseMatchRates(comparisons, distance)[0];
    }

    /** The FMR at several distances, of the same draws, which is quicker than one by one. */
    public Interval[] falseMatchRates(Comparisons comparisons, double... distances) {
        Cells cells = Cells.of(comparisons, comparisons.nonMatedSide());
        int[][] errors = Arrays.stream(distances)
                .mapToObj(distance -> cells.errors(distance, true))
                .toArray(int[][]::new);
        return intervals(cells, errors);
    }

    /** The FNMR at a distance. */
    public Interval falseNonMatchRate(Comparisons comparisons, double distance) {
        return falseNonMatchRates(comparisons, distance)[0];
    }

    /** The FNMR at several distances, of the same draws. */
    public Interval[] falseNonMatchRates(Comparisons comparisons, double... distances) {
        Cells cells = Cells.of(comparisons, comparisons.matedSide());
        int[][] errors = Arrays.stream(distances)
                .mapToObj(distance -> cells.errors(distance, false))
                .toArray(int[][]::new);
        return intervals(cells, errors);
    }

    /** What each replicate has, a row a list of errors; a replicate that drew no comparison has NaN. */
    double[][] replicateRates(Cells cells, int[][] errors) {
        int[][] wrong =
                Arrays.stream(errors).map(SubjectBootstrap::cellsWithErrors).toArray(int[][]::new);
        double[][] rates = new double[errors.length][replicates];
        SplittableRandom random = new SplittableRandom(seed);
        for (int replicate = 0; replicate < replicates; replicate++) {
            int[] weights = draw(cells.people(), random.split());
            double all = 0;
            for (int cell = 0; cell < cells.size(); cell++) {
                all += (double) weight(cells, cell, weights) * cells.trials(cell);
            }
            for (int row = 0; row < errors.length; row++) {
                double sum = 0;
                for (int cell : wrong[row]) {
                    sum += (double) weight(cells, cell, weights) * errors[row][cell];
                }
                rates[row][replicate] = sum / all;
            }
        }
        return rates;
    }

    private Interval[] intervals(Cells cells, int[][] errors) {
        double[][] rates = replicateRates(cells, errors);
        Interval[] intervals = new Interval[errors.length];
        long trials = 0;
        for (int cell = 0; cell < cells.size(); cell++) {
            trials += cells.trials(cell);
        }
        for (int row = 0; row < intervals.length; row++) {
            Interval exact =
                    new Proportion(Arrays.stream(errors[row]).asLongStream().sum(), trials).clopperPearson(confidence);
            intervals[row] = percentiles(rates[row], exact);
        }
        return intervals;
    }

    /** The interval of replicates, no narrower than another one. */
    Interval percentiles(double[] replicated, Interval atLeast) {
        double[] sorted = Arrays.stream(replicated)
                .filter(rate -> !Double.isNaN(rate))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return atLeast;
        }
        double outside = (1 - confidence) / 2;
        double lower = sorted[(int) Math.floor(outside * (sorted.length - 1))];
        double upper = sorted[(int) Math.ceil((1 - outside) * (sorted.length - 1))];
        return new Interval(lower, upper, confidence).hull(atLeast);
    }

    private static int weight(Cells cells, int cell, int[] weights) {
        int one = cells.one(cell);
        int other = cells.other(cell);
        return one == other ? weights[one] : weights[one] * weights[other];
    }

    private static int[] draw(int people, SplittableRandom random) {
        int[] weights = new int[people];
        for (int i = 0; i < people; i++) {
            weights[random.nextInt(people)]++;
        }
        return weights;
    }

    private static int[] cellsWithErrors(int[] errors) {
        int[] cells = new int[errors.length];
        int count = 0;
        for (int cell = 0; cell < errors.length; cell++) {
            if (errors[cell] > 0) {
                cells[count++] = cell;
            }
        }
        return Arrays.copyOf(cells, count);
    }
}
