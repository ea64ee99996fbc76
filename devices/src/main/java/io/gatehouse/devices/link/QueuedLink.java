package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What every link has in common: the state, and the queue between whoever receives and whoever reads. */
abstract class QueuedLink implements Link {
    private static final Duration JOIN = Duration.ofMillis(800);

    private final String url;
    private volatile LinkState state = LinkState.OPEN;
    private final Inbox inbox = new Inbox();
    private final Object writing = new Object();

    QueuedLink(String url) {
        this.url = url;
    }

    /** Sends them all or throws; called by one thread at a time. */
    abstract void send(byte[] bytes) throws IOException;

    /** Gives back what the operating system lent; called once. */
    abstract void release();

    @Override
    public final String url() {
        return url;
    }

    @Override
    public final LinkState state() {
        return state;
    }

    @Override
    public final void write(byte[] bytes) throws IOException {
        synchronized (writing) {
            if (state() != LinkState.OPEN) {
                throw new LinkException(url + " is " + (state() == LinkState.LOST ? "lost" : "closed")
                        + ": nothing was sent; open it again");
            }
            try {
                send(bytes);
            } catch (IOException e) {
                lost(e.getMessage());
                throw new LinkException(url + " was lost while writing: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public final byte[] read(Duration atMost) throws IOException {
        return inbox.take(atMost);
    }

    @Override
    public final void close() {
        if (moveTo(LinkState.CLOSED)) {
            inbox.close(url + " is closed");
            release();
        }
    }

    @Override
    public final String toString() {
        return url + " (" + state() + ")";
    }

    final void received(byte[] bytes, int length) {
        inbox.offer(bytes, length);
    }

    final void lost(@Nullable String why) {
        if (moveTo(LinkState.LOST)) {
            inbox.end(url + " was lost: " + why);
        }
    }

    /** States only move forward: open, lost, closed. */
    private synchronized boolean moveTo(LinkState next) {
        if (state.compareTo(next) >= 0) {
            return false;
        }
        state = next;
        return true;
    }

    final Thread startReader(Runnable loop) {
        Thread reader = new Thread(loop, "gatehouse-link " + url);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /** Waits until the reader is gone; not if it is the reader that closes the link. */
    static void join(Thread reader) {
        if (reader == Thread.currentThread()) {
            return;
        }
        try {
            reader.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
