package io.gatehouse.core.outbox;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what is in an outbox as it comes, and when that fails, again after a while, for ever. Thread-safe. It works in
 * the executor's threads, of which it holds one while it waits for the receiver.
 */
public final class OutboxCourier implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutboxCourier.class.getName());

    private final Outbox outbox;
    private final OutboxReceiver receiver;
    private final ScheduledExecutorService executor;
    private final Backoff backoff;
    private final RandomGenerator random;

    private @Nullable Future<?> planned;
    private @Nullable Thread running;
    private boolean again;
    private boolean closed;
    private long failures;

    private OutboxCourier(
            Outbox outbox,
            OutboxReceiver receiver,
            ScheduledExecutorService executor,
            Backoff backoff,
            RandomGenerator random) {
        this.outbox = outbox;
        this.receiver = receiver;
        this.executor = executor;
        this.backoff = backoff;
        this.random = random;
    }

    /**
     * Begins with an exchange at once, and goes on whenever an event is taken. An outbox has one courier.
     *
     * @param executor the caller's, who shuts it down after {@link #close}
     */
    public static OutboxCourier start(
            Outbox outbox, OutboxReceiver receiver, ScheduledExecutorService executor, Backoff backoff) {
        return start(outbox, receiver, executor, backoff, new Random());
    }

    /** As {@link #start(Outbox, OutboxReceiver, ScheduledExecutorService, Backoff)}, with the chance for pauses. */
    public static OutboxCourier start(
            Outbox outbox,
            OutboxReceiver receiver,
            ScheduledExecutorService executor,
            Backoff backoff,
            RandomGenerator random) {
        OutboxCourier courier = new OutboxCourier(
                outbox,
                Objects.requireNonNull(receiver, "receiver"),
                Objects.requireNonNull(executor, "executor"),
                Objects.requireNonNull(backoff, "backoff"),
                Objects.requireNonNull(random, "random"));
        outbox.whenWaiting(courier::wake);
        courier.wake();
        return courier;
    }

    /** What waits for a pause to end goes on waiting: an event more does not bring the server back. */
    private synchronized void wake() {
        again = true;
        if (planned == null && running == null) {
            plan(Duration.ZERO);
        }
    }

    /**
     * Tries at once, whatever pause is on: for whoever knows that the network is back. Called now and then it also keeps
     * the clocks compared while nobody passes.
     */
    public synchronized void deliverNow() {
        again = true;
        Future<?> pause = planned;
        if (running == null && (pause == null || pause.cancel(false))) {
            plan(Duration.ZERO);
        }
    }

    /** Needs the lock. An executor that takes no more must not cost whoever recorded an event. */
    private void plan(Duration pause) {
        planned = null;
        if (closed) {
            return;
        }
        try {
            planned = executor.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "outbox " + outbox.id() + " is not delivered: the executor takes no more", e);
        }
    }

    private void run() {
        synchronized (this) {
            planned = null;
            if (closed || running != null) {
                return;
            }
            again = false;
            running = Thread.currentThread();
        }
        Duration pause = null;
        try {
            outbox.drain(receiver);
            cameBack();
        } catch (IOException | RuntimeException e) {
            pause = backoff.pause(failed(e), random);
        } finally {
            done(pause);
        }
    }

    private synchronized void done(@Nullable Duration pause) {
        running = null;
        if (pause != null) {
            plan(pause);
        } else if (again) {
            plan(Duration.ZERO);
        }
        notifyAll();
    }

    private synchronized void cameBack() {
        if (failures > 0) {
            LOG.log(Level.INFO, "outbox " + outbox.id() + " is delivered again, after " + failures + " failures");
        }
        failures = 0;
    }

    private synchronized long failed(Exception e) {
        failures++;
        Level level = failures == 1 ? Level.WARNING : Level.DEBUG;
        LOG.log(level, "outbox " + outbox.id() + " could not be delivered and goes on later", e);
        return failures;
    }

    /** Begins no more exchanges and waits for the one on its way; what was not delivered stays in the outbox. */
    @Override
    public synchronized void close() {
        closed = true;
        outbox.whenWaiting(() -> {});
        Future<?> pause = planned;
        if (pause != null) {
            pause.cancel(false);
            planned = null;
        }
        boolean interrupted = false;
        while (running != null && running != Thread.currentThread()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
