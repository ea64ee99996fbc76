package io.gatehouse.devices.alarm;

import io.gatehouse.devices.door.InputState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The contact of a fire panel. Active is fire; cut, short or silent is fire too, unless configured otherwise. It never
 * ends an alarm: that is for a person, and while the input says fire not even they can. Whoever reads it says what it
 * says each time, also when nothing changed: silence is a fault. Thread-safe.
 */
public final class FireInput implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FireInput.class.getName());

    private final EmergencyPlan plan;
    private final String group;
    private final LostInput onLost;
    private final Duration silentAfter;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;

    private InputState state = InputState.NORMAL;
    private long heardAt;
    private @Nullable Future<?> timer;
    private boolean closed;

    private FireInput(
            EmergencyPlan plan,
            String group,
            LostInput onLost,
            Duration silentAfter,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.group = group;
        this.onLost = Objects.requireNonNull(onLost, "onLost");
        this.silentAfter = silentAfter;
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    /** An input that is fire when it is lost. */
    public static FireInput open(
            EmergencyPlan plan, String group, Duration silentAfter, ScheduledExecutorService scheduler) {
        return open(plan, group, LostInput.ALARM, silentAfter, scheduler, System::nanoTime);
    }

    /**
     * The input of one group's panel; its silence counts from now.
     *
     * @param silentAfter how long it may be silent, at least 1 ms; more than the time between two readings
     * @param scheduler   notices the silence; not shut down by this
     * @param nanoTime    what is timed with, at the scheduler's pace
     * @throws IllegalArgumentException if the plan has no such group
     */
    public static FireInput open(
            EmergencyPlan plan,
            String group,
            LostInput onLost,
            Duration silentAfter,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime) {
        if (!plan.isGroup(group)) {
            throw new IllegalArgumentException("the plan has no doors in the group '" + group + "'");
        }
        if (silentAfter.toMillis() < 1) {
            throw new IllegalArgumentException("an input is given at least 1 ms, not " + silentAfter);
        }
        FireInput input = new FireInput(plan, group, onLost, silentAfter, scheduler, nanoTime);
        plan.add(input);
        input.listen();
        return input;
    }

    /** What it says now. */
    public void sense(InputState now) {
        synchronized (this) {
            heardAt = nanoTime.getAsLong();
        }
        become(now);
        listen();
    }

    /** Ends the watch for silence; what is latched stays. */
    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    String group() {
        return group;
    }

    /** Why there is fire by this input now; empty if it does not say so. */
    synchronized Optional<String> cause() {
        boolean fire = state == InputState.ACTIVE || (state.isFault() && onLost == LostInput.ALARM);
        return !closed && fire ? Optional.of(text(state)) : Optional.empty();
    }

    /** Told outside of the lock: doors take their time. */
    private void become(InputState now) {
        Optional<String> cause;
        synchronized (this) {
            if (closed || state == now) {
                return;
            }
            state = now;
            cause = cause();
        }
        if (cause.isPresent()) {
            plan.fire(group, cause.get());
        } else if (now.isFault()) {
            plan.fault(group, text(now));
        }
    }

    private void silence() {
        boolean silent;
        synchronized (this) {
            timer = null;
            silent = nanoTime.getAsLong() - heardAt >= silentAfter.toNanos();
        }
        if (silent) {
            become(InputState.CUT);
        } else {
            listen();
        }
    }

    private synchronized void listen() {
        if (closed || timer != null) {
            return;
        }
        long left = heardAt + silentAfter.toNanos() - nanoTime.getAsLong();
        try {
            timer = scheduler.schedule(this::silence, Math.max(1, left), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "nobody will notice if the fire input of " + group + " falls silent", e);
        }
    }

    private String text(InputState now) {
        String what =
                now == InputState.ACTIVE ? "says fire" : now == InputState.SHORT ? "is short" : "is cut or silent";
        return "The fire input of " + group + " " + what + ".";
    }
}
