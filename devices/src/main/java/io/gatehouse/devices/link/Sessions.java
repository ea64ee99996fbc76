package io.gatehouse.devices.link;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a link that reopens, one after the other: at most one is present. What was received in one is read, then how it
 * ended is said once, then comes the next. If nobody reads, only the last one's is kept. Thread-safe.
 */
final class Sessions {
    private static final Logger LOG = System.getLogger(Sessions.class.getName());

    private final String url;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Link present;
    /** What the session before had received and nobody has read. */
    private byte[] rest = {};
    /** How the session before ended, until the reader was told. */
    private @Nullable String loss;

    private boolean closed;

    Sessions(String url) {
        this.url = url;
    }

    void begin(Link session) {
        lock.lock();
        try {
            present = session;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was the present one, and now there is none. */
    boolean end(Link session, String why) {
        lock.lock();
        try {
            if (present != session) {
                return false;
            }
            present = null;
            rest = drain(session);
            loss = why;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] drain(Link ended) {
        byte[] all = {};
        try {
            for (byte[] more = ended.read(Duration.ZERO); more.length > 0; more = ended.read(Duration.ZERO)) {
                all = Inbox.join(all, more, more.length);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "everything of a lost session is read: " + e.getMessage());
        }
        return all;
    }

    /** Ends them all; gives the one that was present. */
    @Nullable
    Link close() {
        lock.lock();
        try {
            Link last = present;
            present = null;
            rest = new byte[0];
            closed = true;
            changed.signalAll();
            return last;
        } finally {
            lock.unlock();
        }
    }

    void abandonWrites() {
        Link session = present();
        if (session != null) {
            session.abandonWrites();
        }
    }

    private @Nullable Link present() {
        lock.lock();
        try {
            return present;
        } finally {
            lock.unlock();
        }
    }

    void write(byte[] bytes) throws IOException {
        Link session = present();
        if (session == null) {
            throw new LinkException(url + " is not open: nothing was sent, and nothing is kept to be sent later");
        }
        session.write(bytes);
    }

    /** @param onLoss told if the reader is who sees that the present session is lost */
    byte[] read(Duration atMost, BiConsumer<Link, String> onLoss) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            Link session = presentUnlessRest(deadline);
            if (session == null) {
                return takeRest();
            }
            try {
                return session.read(Duration.ofNanos(deadline - System.nanoTime()));
            } catch (LinkException e) {
                onLoss.accept(session, String.valueOf(e.getMessage()));
            }
        }
    }

    /** The session to read from; null once there is a rest to take or the time is over. */
    private @Nullable Link presentUnlessRest(long deadline) throws IOException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw Inbox.interrupted(e);
        }
        try {
            while (true) {
                if (closed) {
                    throw new LinkException(url + " is closed");
                }
                if (rest.length > 0) {
                    return null;
                }
                sayLossOnce();
                if (present != null) {
                    return present;
                }
                if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    return null;
                }
            }
        } catch (InterruptedException e) {
            throw Inbox.interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private void sayLossOnce() throws LinkException {
        String why = loss;
        loss = null;
        if (why != null) {
            throw new LinkException(url + " was lost and opens again by itself: " + why);
        }
    }

    private byte[] takeRest() {
        lock.lock();
        try {
            byte[] taken = rest;
            rest = new byte[0];
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one is present before the time is over. */
    boolean await(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (present == null && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return present != null;
        } finally {
            lock.unlock();
        }
    }
}
