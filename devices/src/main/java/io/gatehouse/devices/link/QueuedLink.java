package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every link has in common: the state, and the queue between whoever receives and whoever reads. */
abstract class QueuedLink implements Link {
    private static final Duration JOIN = Duration.ofMillis(600);
    /** A write goes into a buffer of the operating system; one that takes longer is of no use to a door any more. */
    private static final Duration STUCK = Duration.ofSeconds(3);

    private final String url;
    private final ObservedState state;
    private final Inbox inbox = new Inbox();
    private final Object writing = new Object();
    /** When the write under way began, by the clock of nanoTime; none: empty. */
    private volatile OptionalLong writingSince = OptionalLong.empty();

    QueuedLink(String url) {
        this.url = url;
        this.state = new ObservedState(url, LinkState.OPEN);
    }

    /** Sends them all or throws; called by one thread at a time. */
    abstract void send(byte[] bytes) throws IOException;

    /** Forgets what is on its way, or loses the link. */
    abstract void discardUnsent();

    /** Gives back what the operating system lent; called once. */
    abstract void release();

    @Override
    public final String url() {
        return url;
    }

    @Override
    public final LinkState state() {
        return state.get();
    }

    @Override
    public final Watch observe(Consumer<? super LinkChange> listener) {
        return state.observe(listener);
    }

    @Override
    public final boolean reopens() {
        return false;
    }

    @Override
    public final void write(byte[] bytes) throws IOException {
        try {
            synchronized (writing) {
                send(state(), bytes);
            }
        } finally {
            state.tell();
        }
    }

    private void send(LinkState now, byte[] bytes) throws LinkException {
        if (now != LinkState.OPEN) {
            throw new LinkException(
                    url + " is " + (now == LinkState.LOST ? "lost" : "closed") + ": nothing was sent; open it again");
        }
        writingSince = OptionalLong.of(System.nanoTime());
        try {
            send(bytes);
        } catch (IOException e) {
            markLost(e.getMessage());
            throw new LinkException(url + " was lost while writing: " + e.getMessage(), e);
        } finally {
            writingSince = OptionalLong.empty();
        }
    }

    /** Whether the other side has taken no bytes for so long that the link is as good as lost. */
    final boolean isWriteStuck() {
        OptionalLong since = writingSince;
        return since.isPresent() && System.nanoTime() - since.getAsLong() > STUCK.toNanos();
    }

    @Override
    public final void abandonWrites() {
        if (state() == LinkState.OPEN) {
            discardUnsent();
        }
    }

    @Override
    public final byte[] read(Duration atMost) throws IOException {
        return inbox.take(atMost);
    }

    @Override
    public final void close() {
        if (state.move(LinkState.CLOSED, "closed by its user")) {
            inbox.close(url + " is closed");
            release();
            state.tell();
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
        markLost(why);
        state.tell();
    }

    private void markLost(@Nullable String why) {
        if (state.move(LinkState.LOST, String.valueOf(why))) {
            inbox.end(url + " was lost: " + why);
        }
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
