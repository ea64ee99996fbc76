package io.gatehouse.examples.quickstart.morning;

import java.time.Duration;

/** Says how long something took. Used by one thread. */
final class Stopwatch {
    private final long begun = System.nanoTime();

    private Stopwatch() {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
