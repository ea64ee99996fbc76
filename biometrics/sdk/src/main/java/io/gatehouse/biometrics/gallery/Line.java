package io.gatehouse.biometrics.gallery;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Searches stand in line and are let in as they came, so many at once: without it whoever asks again and again may keep
 * others waiting for ever, and many full scans side by side make each of them slow. Whoever waits is overtaken by nobody
 * who came later. Thread-safe.
 */
final class Line {
    private final Semaphore places;

    /** @param atOnce how many are in at once */
    Line(int atOnce) {
        this.places = new Semaphore(atOnce, true);
    }

    /** Waits, whatever interrupts it, and then searches; a turn is short, and its answer is somebody's at a door. */
    <T> T turn(Supplier<T> search) {
        places.acquireUninterruptibly();
        try {
            return search.get();
        } finally {
            places.release();
        }
    }

    /** About how many wait. */
    int waiting() {
        return places.getQueueLength();
    }
}
