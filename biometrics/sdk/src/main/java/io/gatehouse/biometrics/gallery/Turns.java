package io.gatehouse.biometrics.gallery;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Many look side by side or one changes, until the end; a change may look and change within. Who waits longest is next, so
 * that searches without end keep no change waiting. Thread-safe.
 */
final class Turns {
    private final String what;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    /** Taken before the other by whoever changes. */
    private final ReentrantLock changes = new ReentrantLock(true);

    private boolean ended;

    /** Turns at something, which messages name so. */
    Turns(String what) {
        this.what = what;
    }

    /** A change. */
    interface Change<T> {
        T make() throws IOException;
    }

    /** The end of a change. */
    interface Completion {
        void run() throws IOException;
    }

    /**
     * Looks while nothing changes.
     *
     * @throws IllegalStateException after the end
     */
    <T> T looking(Supplier<T> look) {
        lock.readLock().lock();
        try {
            requireOpen();
            return look.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Changes while nobody else looks or changes.
     *
     * @throws IllegalStateException after the end
     */
    <T> T changing(Change<T> change) throws IOException {
        changes.lock();
        lock.writeLock().lock();
        try {
            requireOpen();
            return change.make();
        } finally {
            lock.writeLock().unlock();
            changes.unlock();
        }
    }

    /**
     * Makes a change that takes long to prepare: meanwhile others look, but nobody changes.
     *
     * @param change   what is prepared is handed to it, and nobody else looks or changes
     * @param complete when others look again
     */
    <T> void changingAtLast(Change<T> prepare, Consumer<T> change, Completion complete) throws IOException {
        changes.lock();
        try {
            requireOpen();
            T prepared = prepare.make();
            lock.writeLock().lock();
            try {
                change.accept(prepared);
            } finally {
                lock.writeLock().unlock();
            }
            complete.run();
        } finally {
            changes.unlock();
        }
    }

    /** Makes the last change, once; nobody has a turn after it. */
    void end(Runnable last) {
        changes.lock();
        lock.writeLock().lock();
        try {
            if (!ended) {
                last.run();
            }
        } finally {
            ended = true;
            lock.writeLock().unlock();
            changes.unlock();
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException(what + " is closed");
        }
    }
}
