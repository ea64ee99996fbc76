package io.gatehouse.devices.link;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a link has received and nobody has read yet, up to a bound. If nobody reads, the oldest bytes are dropped: a
 * card that was presented long ago must not open a door now. Thread-safe.
 */
final class Inbox {
    static final int CAPACITY = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private byte[] waiting = {};
    private @Nullable String end;

    void offer(byte[] bytes, int length) {
        lock.lock();
        try {
            byte[] joined = join(waiting, bytes, length);
            waiting = joined.length <= CAPACITY
                    ? joined
                    : Arrays.copyOfRange(joined, joined.length - CAPACITY, joined.length);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come; the first reason stays. */
    void end(String reason) {
        lock.lock();
        try {
            if (end == null) {
                end = reason;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends it and forgets what nobody read. */
    void close(String reason) {
        lock.lock();
        try {
            waiting = new byte[0];
            end = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    byte[] take(Duration atMost) throws IOException {
        long left = atMost.toNanos();
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            while (waiting.length == 0) {
                if (end != null) {
                    throw new LinkException(end);
                }
                if (left <= 0) {
                    return waiting;
                }
                left = changed.awaitNanos(left);
            }
            byte[] taken = waiting;
            waiting = new byte[0];
            return taken;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    static byte[] join(byte[] first, byte[] then, int length) {
        byte[] joined = Arrays.copyOf(first, first.length + length);
        System.arraycopy(then, 0, joined, first.length, length);
        return joined;
    }

    static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException wrapped = new InterruptedIOException("interrupted while reading from a link");
        wrapped.initCause(e);
        return wrapped;
    }
}
