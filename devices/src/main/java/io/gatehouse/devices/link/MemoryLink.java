package io.gatehouse.devices.link;

import org.jspecify.annotations.Nullable;

/**
 * One end of a pair in memory: what one end writes the other reads, or nobody while the other end is not taken, as on a cable to
 * nowhere. Closing an end is an unplug for the other.
 */
final class MemoryLink extends QueuedLink {
    private final Runnable onRelease;
    private volatile @Nullable MemoryLink peer;
    private volatile boolean isTaken;

    private MemoryLink(String url, Runnable onRelease) {
        super(url);
        this.onRelease = onRelease;
    }

    /** A first end, whose {@link #peer} is the second. */
    static MemoryLink pair(String url, Runnable onRelease) {
        MemoryLink first = new MemoryLink(url, onRelease);
        MemoryLink second = new MemoryLink(url, onRelease);
        first.peer = second;
        second.peer = first;
        return first;
    }

    /** Somebody has this end in hand: from now on what comes is kept for them. */
    MemoryLink take() {
        isTaken = true;
        return this;
    }

    MemoryLink peer() {
        MemoryLink other = peer;
        if (other == null) {
            throw new IllegalStateException(url() + " has no other end");
        }
        return other;
    }

    @Override
    void send(byte[] bytes) {
        MemoryLink other = peer();
        if (other.isTaken) {
            other.received(bytes, bytes.length);
        }
    }

    /** What was sent is there already. */
    @Override
    void discardUnsent() {}

    @Override
    void release() {
        onRelease.run();
        peer().lost("the other end was closed");
    }
}
