package io.gatehouse.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What a whole verification takes beyond the bare signature, where the machine is not quiet: both in turns of a few
 * milliseconds in one process, and the median, and the least, of many turns of each. {@code PassBenchmark} is the measure
 * on a quiet machine.
 */
final class PassOverhead {
    private static final int CALLS = 20;

    private PassOverhead() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        PassBenchmark passes = new PassBenchmark();
        passes.sign();
        BooleanSupplier bare = passes::bareEd25519Verify;
        BooleanSupplier whole = () -> passes.verify().fold(verified -> true, rejected -> false);
        turns(rounds / 2, bare, whole);
        long[][] nanos = turns(rounds, bare, whole);
        System.out.printf(
                Locale.ROOT,
                "%d turns of %d calls: bare %.1f us median, %.1f least; whole %.1f us median, %.1f least;"
                        + " overhead %.1f %% of the medians, %.1f %% of the least%n",
                rounds,
                CALLS,
                micros(nanos[0], 2),
                micros(nanos[0], rounds),
                micros(nanos[1], 2),
                micros(nanos[1], rounds),
                overhead(nanos, 2),
                overhead(nanos, rounds));
    }

    private static long[][] turns(int rounds, BooleanSupplier... each) {
        long[][] nanos = new long[each.length][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int which = 0; which < each.length; which++) {
                nanos[which][round] = nanosOf(each[which]);
            }
        }
        Arrays.stream(nanos).forEach(Arrays::sort);
        return nanos;
    }

    private static long nanosOf(BooleanSupplier call) {
        long start = System.nanoTime();
        boolean all = true;
        for (int i = 0; i < CALLS; i++) {
            all &= call.getAsBoolean();
        }
        long end = System.nanoTime();
        if (!all) {
            throw new IllegalStateException("a genuine signature was refused");
        }
        return end - start;
    }

    /** The value at the end of the first half, or the first of all. */
    private static double micros(long[] sorted, int part) {
        return sorted[sorted.length / part - 1] / 1_000.0 / CALLS;
    }

    private static double overhead(long[][] nanos, int part) {
        return 100 * (micros(nanos[1], part) / micros(nanos[0], part) - 1);
    }
}
