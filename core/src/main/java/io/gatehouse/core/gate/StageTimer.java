package io.gatehouse.core.gate;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Adds up how long each stage of one passage takes. Used by one thread. */
final class StageTimer {
    private final LongSupplier nanoTime;
    private long identifyNanos;
    private long decideNanos;
    private long recordNanos;
    private long actuateNanos;

    StageTimer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    <T> T identifying(Supplier<T> stage) {
        long start = nanoTime.getAsLong();
        T result = stage.get();
        identifyNanos += nanoTime.getAsLong() - start;
        return result;
    }

    <T> T deciding(Supplier<T> stage) {
        long start = nanoTime.getAsLong();
        T result = stage.get();
        decideNanos += nanoTime.getAsLong() - start;
        return result;
    }

    boolean recording(BooleanSupplier stage) {
        long start = nanoTime.getAsLong();
        boolean result = stage.getAsBoolean();
        recordNanos += nanoTime.getAsLong() - start;
        return result;
    }

    <T> T actuating(Supplier<T> stage) {
        long start = nanoTime.getAsLong();
        T result = stage.get();
        actuateNanos += nanoTime.getAsLong() - start;
        return result;
    }

    Passage.Times times() {
        return new Passage.Times(
                Duration.ofNanos(identifyNanos),
                Duration.ofNanos(decideNanos),
                Duration.ofNanos(recordNanos),
                Duration.ofNanos(actuateNanos));
    }
}
