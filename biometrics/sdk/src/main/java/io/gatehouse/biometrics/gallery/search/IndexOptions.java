package io.gatehouse.biometrics.gallery.search;

import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * How an index is made. Immutable and thread-safe.
 *
 * @param dimension       numbers of a vector, 1 to 4,096
 * @param mode            how it searches
 * @param missProbability {@link SearchMode#BOUNDED} only: a reference within the limit is missed with at most this
 *                        probability, over the random choice of the index's rotation
 * @param executor        what a search gives parts of its work to; the searching thread works too, and finishes alone if
 *                        the executor has no time or refuses
 * @param threads         how many threads work on one search, the searching one included
 * @param parallelFrom    references from which a search is shared among threads
 * @param maxReferences   how many references may be kept
 */
public record IndexOptions(
        int dimension,
        SearchMode mode,
        double missProbability,
        Executor executor,
        int threads,
        int parallelFrom,
        int maxReferences) {
    /** Of a vector, as of a template. */
    public static final int MAX_DIMENSION = 4_096;

    private static final double MISS_PROBABILITY = 1e-6;
    private static final int PARALLEL_FROM = 20_000;

    public IndexOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(executor, "executor");
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("a vector has 1 to " + MAX_DIMENSION + " numbers, not " + dimension);
        }
        if (!(missProbability > 0 && missProbability < 0.5)) {
            throw new IllegalArgumentException(
                    "the probability of a miss is more than 0 and less than 0.5, not " + missProbability);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("at least 1 thread searches, not " + threads);
        }
        if (parallelFrom < 1 || maxReferences < 1) {
            throw new IllegalArgumentException(
                    "parallelFrom and maxReferences are 1 or more, not " + parallelFrom + " and " + maxReferences);
        }
    }

    /** Exact search, each on the thread that asks. */
    public static IndexOptions of(int dimension) {
        return new IndexOptions(
                dimension, SearchMode.EXACT, MISS_PROBABILITY, Runnable::run, 1, PARALLEL_FROM, Integer.MAX_VALUE);
    }

    public IndexOptions withMode(SearchMode value) {
        return new IndexOptions(dimension, value, missProbability, executor, threads, parallelFrom, maxReferences);
    }

    public IndexOptions withMissProbability(double value) {
        return new IndexOptions(dimension, mode, value, executor, threads, parallelFrom, maxReferences);
    }

    /** Shares a search of {@link #parallelFrom} references or more among threads. */
    public IndexOptions withThreads(Executor value, int number) {
        return new IndexOptions(dimension, mode, missProbability, value, number, parallelFrom, maxReferences);
    }

    public IndexOptions withParallelFrom(int references) {
        return new IndexOptions(dimension, mode, missProbability, executor, threads, references, maxReferences);
    }

    public IndexOptions withMaxReferences(int references) {
        return new IndexOptions(dimension, mode, missProbability, executor, threads, parallelFrom, references);
    }
}
