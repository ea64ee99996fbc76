package io.gatehouse.devices.link;

import io.gatehouse.core.outbox.Backoff;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A link that comes back: opened in the background, and opened again whenever it was lost, after pauses that grow and differ
 * by chance. Each opening is a session. What is written goes into the present session at once or is refused: nothing is kept
 * for the next one, since a command that opens a door late is worse than one that fails. What a session had received
 * is still read after its loss; then its end is said once, before anything of the next one. Thread-safe as a {@link Link} is.
 *
 * <p>An attempt runs on a thread of its own, for a device that hangs must not hold up whatever else the scheduler does; the
 * scheduler, which is its owner's, only times the pauses. State moves under the lock; observers, links and threads are called
 * without it.
 */
public final class ReopeningLink implements Link {
    private static final Logger LOG = System.getLogger(ReopeningLink.class.getName());

    private final String url;
    private final LinkOpener opener;
    private final ScheduledExecutorService scheduler;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final ObservedState state;
    private final Sessions sessions;
    private final Object lock = new Object();
    private long failures;
    private @Nullable Future<?> pause;
    private @Nullable Thread attempt;

    private ReopeningLink(Builder parts) {
        this.url = parts.url;
        this.opener = parts.opener;
        this.scheduler = parts.scheduler;
        this.backoff = parts.backoff;
        this.random = parts.random;
        this.state = new ObservedState(url, LinkState.OPENING);
        this.sessions = new Sessions(url);
        state.observe(parts.onChange);
    }

    /**
     * A link by URL.
     *
     * @throws IllegalArgumentException if the URL is wrong, which no waiting mends
     */
    public static Builder builder(Links links, String url, ScheduledExecutorService scheduler) {
        links.check(url);
        return new Builder(url, () -> links.open(url), scheduler);
    }

    /**
     * A link that somebody else opens.
     *
     * @param name shown as its URL
     */
    public static Builder builder(String name, LinkOpener opener, ScheduledExecutorService scheduler) {
        return new Builder(name, opener, scheduler);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public LinkState state() {
        return state.get();
    }

    @Override
    public Watch observe(Consumer<? super LinkChange> listener) {
        return state.observe(listener);
    }

    @Override
    public boolean reopens() {
        return true;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        sessions.write(bytes);
    }

    @Override
    public void abandonWrites() {
        sessions.abandonWrites();
    }

    @Override
    public byte[] read(Duration atMost) throws IOException {
        return sessions.read(atMost, this::lost);
    }

    /** Waits until it is open, or the time is over, or it was closed; gives whether it is open. */
    public boolean awaitOpen(Duration atMost) throws InterruptedException {
        return sessions.await(atMost);
    }

    private void beginAttempt() {
        Thread thread = new Thread(this::attempt, "gatehouse-opening " + url);
        thread.setDaemon(true);
        synchronized (lock) {
            pause = null;
            // Between opening and open nothing else happens, so this is the only one.
            if (state() == LinkState.OPENING || state.move(LinkState.OPENING, "the pause is over")) {
                attempt = thread;
                thread.start();
            }
        }
        state.tell();
    }

    private void attempt() {
        try {
            adopt(opener.open());
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "opening " + url + " failed in an unexpected way; it is tried again", e);
            failed(e.toString());
        }
    }

    private void adopt(Link opened) {
        if (!begin(opened)) {
            // Closed in the meantime.
            opened.close();
            return;
        }
        state.tell();
        opened.observe(change -> lost(opened, change.why()));
        if (opened.state() != LinkState.OPEN) {
            lost(opened, "it was gone at once");
        }
    }

    private boolean begin(Link opened) {
        synchronized (lock) {
            attempt = null;
            if (!state.move(LinkState.OPEN, "it could be opened")) {
                return false;
            }
            failures = 0;
            sessions.begin(opened);
            return true;
        }
    }

    private void failed(String why) {
        synchronized (lock) {
            attempt = null;
            backOff(why);
        }
        state.tell();
    }

    /** By whoever sees it first: the session itself, or the reader. */
    private void lost(Link which, String why) {
        if (!sessions.end(which, why)) {
            return;
        }
        synchronized (lock) {
            state.move(LinkState.LOST, why);
        }
        state.tell();
        // Before the next attempt: a port that is still held cannot be opened.
        which.close();
        synchronized (lock) {
            backOff(why);
        }
        state.tell();
    }

    private void backOff(String why) {
        failures++;
        long millis = backoff.pause(failures, random).toMillis();
        if (!state.move(LinkState.BACKING_OFF, "tried again in " + millis + " ms: " + why)) {
            return;
        }
        LOG.log(failures == 1 ? Level.WARNING : Level.DEBUG, url + " is tried again in " + millis + " ms: " + why);
        try {
            pause = scheduler.schedule(this::beginAttempt, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, url + " stays closed: its scheduler was shut down", e);
            state.move(LinkState.CLOSED, "its scheduler was shut down");
            sessions.close();
        }
    }

    @Override
    public void close() {
        Link open;
        Thread opening;
        synchronized (lock) {
            if (!state.move(LinkState.CLOSED, "closed by its user")) {
                return;
            }
            open = sessions.close();
            opening = attempt;
            if (pause != null) {
                pause.cancel(false);
            }
        }
        if (open != null) {
            open.close();
        }
        if (opening != null) {
            opening.interrupt();
            QueuedLink.join(opening);
        }
        state.tell();
    }

    @Override
    public String toString() {
        return url + " (" + state() + ")";
    }

    /** Collects a link's parts. Not thread-safe. */
    public static final class Builder {
        private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));

        private final String url;
        private final LinkOpener opener;
        private final ScheduledExecutorService scheduler;
        private Backoff backoff = PAUSES;
        private RandomGenerator random = RandomGenerator.getDefault();
        private Consumer<? super LinkChange> onChange = change -> {};

        private Builder(String url, LinkOpener opener, ScheduledExecutorService scheduler) {
            this.url = Objects.requireNonNull(url, "url");
            this.opener = Objects.requireNonNull(opener, "opener");
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        }

        /** How long to wait after failures in a row; from 200 ms to 10 s unless said otherwise. */
        public Builder backoff(Backoff value) {
            backoff = Objects.requireNonNull(value, "backoff");
            return this;
        }

        /** The chance in the pauses; used by one thread at a time. */
        public Builder random(RandomGenerator value) {
            random = Objects.requireNonNull(value, "random");
            return this;
        }

        /** Told every change of state from the first on, as by {@link Link#observe}. */
        public Builder onChange(Consumer<? super LinkChange> listener) {
            onChange = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Begins to open it and does not wait until it is; {@link #awaitOpen} does. */
        public ReopeningLink open() {
            ReopeningLink link = new ReopeningLink(this);
            link.beginAttempt();
            return link;
        }
    }
}
