package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lock behind one relay. The idea: what is safe is repeated until the lock confirms it, what is not is said once.
 *
 * <ul>
 *   <li>{@link #unlockFor} schedules the locking before the unlocking is sent, and locks even if the unlocking was not
 *       answered: it may have opened. Where the board can, it keeps the time as well. An unlocking is never repeated.
 *   <li>{@link #release} outranks everything: it unlocks, drops the locking, and is repeated until it is confirmed. Only
 *       {@link #reset} ends it.
 *   <li>Locking is repeated until it is confirmed, unless the lock is released.
 * </ul>
 *
 * <p>Commands and timers go one after the other, in order. Thread-safe; the scheduler belongs to the caller.
 */
final class LockDrive {
    private static final Logger LOG = System.getLogger(LockDrive.class.getName());

    private final String name;
    private final Relay relay;
    private final ScheduledExecutorService scheduler;
    private final FailMode failMode;
    private final Duration repeatAfter;
    private final InstantSource clock;

    private final ReentrantLock turn = new ReentrantLock(true);
    /** Set before a release waits for its turn, so that no opening that waits in front of it can end in a locking. */
    private volatile boolean released;

    private volatile DoorState state;
    private volatile boolean closed;
    private @Nullable Future<?> timer;

    LockDrive(
            String name,
            Relay relay,
            ScheduledExecutorService scheduler,
            FailMode failMode,
            Duration repeatAfter,
            InstantSource clock) {
        this.name = Objects.requireNonNull(name, "name");
        this.relay = Objects.requireNonNull(relay, "relay");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.failMode = failMode;
        this.repeatAfter = repeatAfter;
        this.clock = clock;
        this.state = new DoorState.Uncertain(Reason.of("door.starting", "The door has not been told to lock yet."));
    }

    /** Brings the output to its safe state, whatever a killed process left behind: locked, or released in an emergency. */
    void start(boolean startReleased) {
        if (startReleased) {
            release();
        } else {
            relock();
        }
    }

    DoorState state() {
        return state;
    }

    boolean isReleased() {
        return released;
    }

    /** Unlocks, and locks after this time whatever the answer was; unlocks only if it is certain to lock again. */
    Actuation unlockFor(Duration time) {
        turn.lock();
        try {
            if (released) {
                return unlockReleased();
            }
            return closed ? failed("door.closed", "%s is out of service.") : unlock(time, false);
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #unlockFor}, for somebody who wants out: also if nothing can be timed any more. */
    Actuation letOut(Duration time) {
        turn.lock();
        try {
            if (released) {
                return unlockReleased();
            }
            return closed ? failed("door.closed", "%s is out of service.") : unlock(time, true);
        } finally {
            turn.unlock();
        }
    }

    Actuation release() {
        released = true;
        turn.lock();
        try {
            released = true;
            return unlockReleased();
        } finally {
            turn.unlock();
        }
    }

    /** Ends a release: locks, or goes over into an unlocking for so long without locking between. */
    Actuation reset(Duration stillUnlocked) {
        turn.lock();
        try {
            released = false;
            return stillUnlocked.isZero() || closed ? lock() : unlock(stillUnlocked, true);
        } finally {
            turn.unlock();
        }
    }

    /** Locks now, unless it is released or out of service. */
    void relock() {
        turn.lock();
        try {
            if (!released && !closed) {
                lock();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Tells the lock once more what is safe, for a board may have lost its power; says nothing while it is unlocked. */
    void refresh() {
        turn.lock();
        try {
            if (released) {
                unlockReleased();
            } else if (!closed && state instanceof DoorState.Locked) {
                lock();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Locks and forgets its timers, unless it is released. */
    void close() {
        turn.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (!released) {
                lock();
                cancelTimer();
            }
        } finally {
            turn.unlock();
        }
    }

    private void releaseAgain() {
        turn.lock();
        try {
            if (released) {
                unlockReleased();
            }
        } finally {
            turn.unlock();
        }
    }

    private Actuation unlock(Duration time, boolean whateverComes) {
        Instant until = clock.instant().plus(time);
        if (!schedule(this::relock, time) && !whateverComes) {
            return failed("door.no-timer", "%s could not be locked again later, so it was not unlocked.");
        }
        boolean energised = failMode.energisedWhen(false);
        Actuation answer = command(() -> relay.pulse(energised, time).orElseGet(() -> relay.set(energised)));
        state = answer.fold(
                () -> new DoorState.Unlocked(until),
                failed -> new DoorState.Uncertain(failed.reason()),
                silent -> new DoorState.Uncertain(silent.reason()));
        if (answer instanceof Actuation.Failed) {
            // A locking that was being repeated must not wait for the end of an unlocking that never was.
            repeat("unlock", answer, this::relock);
        }
        return answer;
    }

    private Actuation lock() {
        cancelTimer();
        Actuation answer = command(() -> relay.set(failMode.energisedWhen(true)));
        state = answer.fold(
                DoorState.Locked::new,
                failed -> new DoorState.Uncertain(failed.reason()),
                silent -> new DoorState.Uncertain(silent.reason()));
        if (!answer.isDone()) {
            repeat("lock", answer, this::relock);
        }
        return answer;
    }

    private Actuation unlockReleased() {
        cancelTimer();
        Actuation answer = command(() -> relay.set(failMode.energisedWhen(false)));
        state = new DoorState.Released(answer.isDone());
        if (!answer.isDone()) {
            repeat("release", answer, this::releaseAgain);
        }
        return answer;
    }

    private Actuation command(Supplier<Actuation> command) {
        try {
            return Objects.requireNonNull(command.get(), "actuation");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the relay of " + name + " has a fault", e);
            return new Actuation.NoAnswer(Reason.format(
                    "door.relay-fault", "The relay of %s has a fault; the lock may or may not have moved.", name));
        }
    }

    private void repeat(String what, Actuation answer, Runnable again) {
        boolean scheduled = (released || !closed) && schedule(again, repeatAfter);
        LOG.log(
                Level.WARNING,
                "{0} did not confirm: {1} {2}; {3}",
                name,
                what,
                answer,
                scheduled ? "it will be told what is safe" : "nobody will tell it again");
    }

    /** In place of any timer that runs; false, with the old one still running, if the scheduler takes no more. */
    private boolean schedule(Runnable task, Duration delay) {
        try {
            Future<?> next = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            cancelTimer();
            timer = next;
            return true;
        } catch (RejectedExecutionException e) {
            LOG.log(Level.ERROR, "the timer of " + name + " takes no more tasks", e);
            return false;
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private Actuation failed(String code, String format) {
        return new Actuation.Failed(Reason.format(code, format, name));
    }
}
