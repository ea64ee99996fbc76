package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One wire that several drivers share, such as an RS-485 pair with relay boards of one protocol and readers of another: one at
 * a time has it, in the order in which they came, and all that is heard meanwhile is that one's. Nobody reads or writes the link
 * but through its bus. Thread-safe; does not own the link and starts no thread.
 */
public final class Bus {
    private final Link link;
    private final BusOptions options;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock(true);
    /** When the wire was last known to be busy; guarded by the lock. */
    private long busyUntil;

    private Bus(Link link, BusOptions options, LongSupplier nanoTime) {
        this.link = Objects.requireNonNull(link, "link");
        this.options = Objects.requireNonNull(options, "options");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.busyUntil = nanoTime.getAsLong();
    }

    public static Bus create(Link link, BusOptions options) {
        return create(link, options, System::nanoTime);
    }

    /** A bus that takes its time, in nanoseconds, from elsewhere. */
    public static Bus create(Link link, BusOptions options, LongSupplier nanoTime) {
        return new Bus(link, options, nanoTime);
    }

    /** The link's URL. */
    public String url() {
        return link.url();
    }

    /** The link's state. */
    public LinkState state() {
        return link.state();
    }

    /** As {@link Link#observe} of the link. */
    public Link.Watch observe(Consumer<? super LinkChange> listener) {
        return link.observe(listener);
    }

    /**
     * Does this as soon as nobody else has the bus. What was heard before and nobody asked for is dropped.
     *
     * @param patience how long to wait for the others; a command that would come later is not given at all
     * @param work     must not take another turn
     * @return empty if the others took too long, and nothing was done
     * @throws IOException if the link is closed or lost, or what the work throws
     */
    public <T> Optional<T> turn(Duration patience, BusWork<T> work) throws IOException {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a turn on " + url() + " within a turn");
        }
        try {
            if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            throw Inbox.interrupted(e);
        }
        BusTurn turn = new BusTurn(this, link, options, nanoTime);
        try {
            turn.begin();
            return Optional.of(work.with(turn));
        } finally {
            turn.end();
            lock.unlock();
        }
    }

    void isBusyUntil(long nanos) {
        if (nanos - busyUntil > 0) {
            busyUntil = nanos;
        }
    }

    long busyUntil() {
        return busyUntil;
    }
}
