package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.PortalDriver;
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
import org.jspecify.annotations.Nullable;

/**
 * A door that one relay locks. The idea: what is safe is repeated until the lock confirms it, what is not is said once.
 *
 * <ul>
 *   <li>Built, it locks: whatever a killed process left behind ends there.
 *   <li>{@link #open} unlocks for a fixed time. The relocking is scheduled before the unlocking is sent, and is sent even
 *       if the lock did not answer: it may have opened. An unlocking is never repeated.
 *   <li>{@link #release} outranks everything: it unlocks, drops the relocking, and is repeated until it is confirmed.
 *       Only {@link #reset} ends it.
 *   <li>Locking is repeated until it is confirmed, unless the door is released.
 * </ul>
 *
 * <p>Commands and timers of one door go one after the other, in order. Thread-safe; the scheduler belongs to the caller.
 */
public final class RelayDoor implements PortalDriver, AutoCloseable {
    private static final Logger LOG = System.getLogger(RelayDoor.class.getName());

    private final String name;
    private final Relay relay;
    private final ScheduledExecutorService scheduler;
    private final FailMode failMode;
    private final Duration unlockTime;
    private final Duration repeatAfter;
    private final InstantSource clock;

    private final ReentrantLock turn = new ReentrantLock(true);
    /** Set before a release waits for its turn, so that no opening that waits in front of it can end in a relocking. */
    private volatile boolean released;

    private volatile DoorState state;
    private volatile boolean closed;
    private @Nullable Future<?> timer;

    private RelayDoor(Builder parts) {
        this.name = parts.name;
        this.relay = parts.relay;
        this.scheduler = parts.scheduler;
        this.failMode = parts.failMode;
        this.unlockTime = parts.unlockTime;
        this.repeatAfter = parts.repeatAfter;
        this.clock = parts.clock;
        this.state = new DoorState.Uncertain(Reason.of("door.starting", "The door has not been told to lock yet."));
    }

    /**
     * A door on this relay.
     *
     * @param name      for logs
     * @param scheduler runs the relocking; not shut down by the door
     */
    public static Builder builder(String name, Relay relay, ScheduledExecutorService scheduler) {
        return new Builder(name, relay, scheduler);
    }

    public DoorState state() {
        return state;
    }

    @Override
    public Actuation open() {
        turn.lock();
        try {
            if (released) {
                return unlockReleased();
            }
            if (closed) {
                return failed("door.closed", "%s is out of service.");
            }
            Instant until = clock.instant().plus(unlockTime);
            if (!schedule(this::lockAgain, unlockTime)) {
                return failed("door.no-timer", "%s could not be locked again later, so it was not unlocked.");
            }
            Actuation answer = command(false);
            state = answer.fold(
                    () -> new DoorState.Unlocked(until),
                    failed -> new DoorState.Uncertain(failed.reason()),
                    silent -> new DoorState.Uncertain(silent.reason()));
            return answer;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Actuation release() {
        released = true;
        turn.lock();
        try {
            released = true;
            return unlockReleased();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Actuation reset() {
        turn.lock();
        try {
            released = false;
            return lock();
        } finally {
            turn.unlock();
        }
    }

    /** Takes the door out of service: locks it and forgets its timers, unless it is released. */
    @Override
    public void close() {
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

    @Override
    public String toString() {
        return "RelayDoor[" + name + ", " + state + "]";
    }

    private void lockAgain() {
        turn.lock();
        try {
            if (!released && !closed) {
                lock();
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

    private Actuation lock() {
        cancelTimer();
        Actuation answer = command(true);
        state = answer.fold(
                DoorState.Locked::new,
                failed -> new DoorState.Uncertain(failed.reason()),
                silent -> new DoorState.Uncertain(silent.reason()));
        if (!answer.isDone()) {
            repeat("lock", answer, this::lockAgain);
        }
        return answer;
    }

    private Actuation unlockReleased() {
        cancelTimer();
        Actuation answer = command(false);
        state = new DoorState.Released(answer.isDone());
        if (!answer.isDone()) {
            repeat("release", answer, this::releaseAgain);
        }
        return answer;
    }

    private Actuation command(boolean locked) {
        try {
            return relay.set(failMode.energisedWhen(locked));
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
                scheduled ? "it will be told again" : "nobody will tell it again");
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

    /** Collects a door's parts. Not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofMinutes(5);

        private final String name;
        private final Relay relay;
        private final ScheduledExecutorService scheduler;
        private FailMode failMode = FailMode.FAIL_SECURE;
        private Duration unlockTime = Duration.ofSeconds(3);
        private Duration repeatAfter = Duration.ofSeconds(1);
        private InstantSource clock = InstantSource.system();

        private Builder(String name, Relay relay, ScheduledExecutorService scheduler) {
            this.name = Objects.requireNonNull(name, "name");
            this.relay = Objects.requireNonNull(relay, "relay");
            this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        }

        /** {@link FailMode#FAIL_SECURE} unless said otherwise. */
        public Builder failMode(FailMode value) {
            failMode = Objects.requireNonNull(value, "failMode");
            return this;
        }

        /** How long one opening unlocks, 1 ms to 5 minutes; 3 seconds unless said otherwise. */
        public Builder unlockTime(Duration value) {
            unlockTime = bounded("unlock time", value);
            return this;
        }

        /** After how long an unconfirmed locking or release is repeated; 1 second unless said otherwise. */
        public Builder repeatAfter(Duration value) {
            repeatAfter = bounded("time to repeat", value);
            return this;
        }

        /** Where {@link DoorState.Unlocked#until} comes from; the system unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** The door, told to lock. If the lock did not confirm, {@link #state} says so and the door goes on telling it. */
        public RelayDoor build() {
            RelayDoor door = new RelayDoor(this);
            door.lockAgain();
            return door;
        }

        private static Duration bounded(String what, Duration value) {
            if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the " + what + " is 1 ms to " + LONGEST + ", not " + value);
            }
            return value;
        }
    }
}
