package io.gatehouse.biometrics.gallery.search;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a search costs; fails where the count of distances says so. */
final class CountingKernel implements Kernel {
    private final PlainKernel plain = new PlainKernel();
    private final AtomicInteger distances;
    private final AtomicInteger passes;

    CountingKernel(AtomicInteger distances, AtomicInteger passes) {
        this.distances = distances;
        this.passes = passes;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public void nibbleSums(int[][] rows, short[] probe, int start, Sums sums) {
        passes.incrementAndGet();
        plain.nibbleSums(rows, probe, start, sums);
    }

    @Override
    public void nibbleSums(int[][] rows, short[][] probes, int[] starts, Sums[] sums) {
        passes.incrementAndGet();
        plain.nibbleSums(rows, probes, starts, sums);
    }

    @Override
    public int survivors(
            int[] sums, int first, int count, Factors factors, Bound bound, float base, int[] slots, int found) {
        return plain.survivors(sums, first, count, factors, bound, base, slots, found);
    }

    @Override
    public double squaredDistance(float[] vectors, int at, float[] probe) {
        if (distances.incrementAndGet() < 0) {
            throw new ArithmeticException("as the test wants it");
        }
        return plain.squaredDistance(vectors, at, probe);
    }
}
