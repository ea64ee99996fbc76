package io.gatehouse.biometrics.gallery.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One search of one or several probes: threads take segment after segment until none is left. The thread that searches
 * is one of them, so a busy executor makes a search slower and never stuck. Used once.
 */
final class Scan {
    /** Probes whose sums are made in one go. */
    private static final int TOGETHER = 4;
    /** Of a segment's references, filtered: up to so many are compared at once, without the pass over the codes. */
    private static final int FEW = Segment.SIZE / 16;

    private final State state;
    private final Kernel kernel;
    private final Coder coder;
    private final float[][] probes;
    private final Coder.Sieve[] sieves;
    private final Search search;
    private final double squaredLimit;
    private final int segments;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    /** For each probe the least of the threads' horizons: what is farther is among nobody's best. */
    private final AtomicLongArray horizons;

    private final Collection<Worker> workers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Scan(State state, Kernel kernel, Coder coder, float[][] probes, Coder.Sieve[] sieves, Search search) {
        this.state = state;
        this.kernel = kernel;
        this.coder = coder;
        this.probes = probes;
        this.sieves = sieves;
        this.search = search;
        this.squaredLimit = search.squaredLimit();
        this.segments = (state.size() + Segment.SIZE - 1) / Segment.SIZE;
        this.left = new CountDownLatch(segments);
        this.horizons = new AtomicLongArray(probes.length);
        for (int i = 0; i < probes.length; i++) {
            horizons.set(i, Double.doubleToLongBits(squaredLimit));
        }
    }

    /** For each probe what was found, nearest first. */
    List<List<Neighbour>> run(IndexOptions options) {
        if (state.size() >= options.parallelFrom()) {
            invite(options);
        }
        work();
        awaitOthers();
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a part of the search failed, so there is no answer: " + failed, failed);
        }
        List<List<Neighbour>> found = new ArrayList<>();
        for (int i = 0; i < probes.length; i++) {
            int probe = i;
            List<Nearest> parts =
                    workers.stream().map(worker -> worker.nearest[probe]).toList();
            found.add(Nearest.merge(parts, search.best()));
        }
        return List.copyOf(found);
    }

    private void invite(IndexOptions options) {
        int others = Math.min(options.threads(), segments) - 1;
        for (int i = 0; i < others; i++) {
            try {
                options.executor().execute(this::work);
            } catch (RejectedExecutionException e) {
                return; // The work is done here then.
            }
        }
    }

    private void work() {
        int segment = next.getAndIncrement();
        if (segment >= segments) {
            return;
        }
        Worker worker = new Worker();
        workers.add(worker);
        for (; segment < segments; segment = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    worker.scan(segment);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void awaitOthers() {
        boolean interrupted = false;
        while (left.getCount() > 0) {
            try {
                left.await();
            } catch (InterruptedException e) {
                // The others read what only this search keeps from being changed: it must outlast them.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What one thread needs for itself. */
    private final class Worker {
        final Nearest[] nearest = new Nearest[probes.length];
        private final Kernel.Sums[] sums = new Kernel.Sums[Math.min(TOGETHER, probes.length)];
        private final int[] slots = new int[Segment.SIZE + 1];

        Worker() {
            for (int i = 0; i < nearest.length; i++) {
                nearest[i] = new Nearest(search.best());
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = new Kernel.Sums();
            }
        }

        void scan(int index) {
            Segment segment = state.segments()[index];
            int count = Math.min(Segment.SIZE, state.size() - index * Segment.SIZE);
            int[] allowed = null;
            if (!search.groups().isEmpty()) {
                allowed = segment.slotsIn(search.groups(), count);
                int number = allowed == null ? 0 : Segment.cardinality(allowed);
                if (number <= FEW) {
                    if (allowed != null && number > 0) {
                        compareAll(segment, allowed);
                    }
                    return;
                }
            }
            for (int from = 0; from < probes.length; from += TOGETHER) {
                sift(segment, count, allowed, from, Math.min(probes.length, from + TOGETHER));
            }
        }

        private void compareAll(Segment segment, int[] allowed) {
            int found = 0;
            for (int slot = 0; slot < Segment.SIZE; slot++) {
                slots[found] = slot;
                found += Segment.isSet(allowed, slot) ? 1 : 0;
            }
            for (int probe = 0; probe < probes.length; probe++) {
                compare(segment, probe, found, null);
            }
        }

        private void sift(Segment segment, int count, int @Nullable [] allowed, int from, int to) {
            Coder.Sieve[] some = Arrays.copyOfRange(sieves, from, to);
            coder.sum(some, segment, sums);
            for (int probe = from; probe < to; probe++) {
                double horizon = Double.longBitsToDouble(horizons.get(probe));
                int found = sieves[probe].survivors(segment, sums[probe - from], count, horizon, slots);
                compare(segment, probe, found, allowed);
            }
        }

        private void compare(Segment segment, int probe, int found, int @Nullable [] allowed) {
            Nearest best = nearest[probe];
            for (int i = 0; i < found; i++) {
                int slot = slots[i];
                if (allowed == null || Segment.isSet(allowed, slot)) {
                    double squared = kernel.squaredDistance(segment.block(slot), segment.offset(slot), probes[probe]);
                    if (squared < squaredLimit) {
                        best.offer(segment.ids[slot], squared);
                    }
                }
            }
            narrow(probe, best.horizon());
        }

        /** Distances are 0 or more, so their bits are ordered as they are. */
        private void narrow(int probe, double horizon) {
            long bits = Double.doubleToLongBits(horizon);
            if (bits < horizons.get(probe)) {
                horizons.accumulateAndGet(probe, bits, Math::min);
            }
        }
    }
}
