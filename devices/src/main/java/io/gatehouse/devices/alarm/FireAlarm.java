package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.PortalDriver;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fire alarm of a group of doors. It goes straight to the doors: neither the rules, the network, the database nor
 * the ledger are asked, and a door that fails, hangs or throws keeps no other from opening. It stays latched until
 * somebody resets it by hand; an alarm during a reset wins at every door. In a real building the release is also
 * hard-wired, and this is the second way. Thread-safe.
 */
public final class FireAlarm {
    private static final Logger LOG = System.getLogger(FireAlarm.class.getName());

    private final Map<String, AlarmDoor> doors;
    private final Executor executor;
    private final Duration answerWithin;
    private final InstantSource clock;

    /** Counts alarms, so that a reset that is still under way at a door knows that it came too late. */
    private volatile int raised;

    private @Nullable String latchedCause;

    private FireAlarm(Builder parts) {
        this.doors = new LinkedHashMap<>(parts.doors);
        this.executor = parts.executor;
        this.answerWithin = parts.answerWithin;
        this.clock = parts.clock;
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("a fire alarm has at least one door");
        }
    }

    /**
     * A fire alarm.
     *
     * @param executor moves the doors at once; give one that does not make a door wait for another, for example a
     *                 cached pool. Where it takes no task, the caller's thread does it
     */
    public static Builder builder(Executor executor) {
        return new Builder(executor);
    }

    /** Latches and releases every door, also those of an alarm that is latched already. Waits for their answers, bounded. */
    public AlarmReport raise(String cause) {
        Objects.requireNonNull(cause, "cause");
        synchronized (this) {
            raised++;
            latchedCause = latchedCause == null ? cause : latchedCause;
        }
        LOG.log(Level.WARNING, "fire alarm: {0}; releasing {1} doors", cause, doors.size());
        return everyDoor(cause, door -> door.release(cause));
    }

    /** Ends the alarm by hand and locks the doors again. */
    public AlarmReport reset(PersonId guard) {
        Objects.requireNonNull(guard, "guard");
        int before;
        synchronized (this) {
            before = raised;
            latchedCause = null;
        }
        return everyDoor("reset by hand", door -> door.reset(guard, () -> raised == before));
    }

    /** Why the alarm is latched; empty if it is not. */
    public synchronized Optional<String> latchedCause() {
        return Optional.ofNullable(latchedCause);
    }

    private AlarmReport everyDoor(String cause, Function<AlarmDoor, Actuation> command) {
        Map<String, FutureTask<Actuation>> tasks = new LinkedHashMap<>();
        List<FutureTask<Actuation>> turnedAway = new ArrayList<>();
        doors.forEach((name, door) -> {
            FutureTask<Actuation> task = new FutureTask<>(() -> command.apply(door));
            tasks.put(name, task);
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                turnedAway.add(task);
            }
        });
        turnedAway.forEach(FutureTask::run);
        long deadline = System.nanoTime() + answerWithin.toNanos();
        Map<String, Actuation> answers = new LinkedHashMap<>();
        tasks.forEach((name, task) -> answers.put(name, answer(name, task, deadline)));
        return new AlarmReport(cause, clock.instant(), answers);
    }

    private static Actuation answer(String name, FutureTask<Actuation> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return noAnswer("alarm.no-answer-yet", "%s has not answered yet; its command goes on.", name);
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "the door " + name + " has a fault", e);
            return noAnswer("alarm.door-fault", "%s has a fault: it may or may not have moved.", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return noAnswer("alarm.not-awaited", "Nobody waited for the answer of %s; its command goes on.", name);
        }
    }

    private static Actuation noAnswer(String code, String format, String name) {
        return new Actuation.NoAnswer(Reason.format(code, format, name));
    }

    /** Collects an alarm's doors. Not thread-safe. */
    public static final class Builder {
        private final Executor executor;
        private final Map<String, AlarmDoor> doors = new LinkedHashMap<>();
        private Duration answerWithin = Duration.ofSeconds(5);
        private InstantSource clock = InstantSource.system();

        private Builder(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
        }

        /** A gate, which records the release and the reset; named by its portal. */
        public Builder gate(Gate gate) {
            return door(gate.portal().id().value(), gate::release, gate::reset);
        }

        /** A door without a gate; nothing is recorded. */
        public Builder door(String name, PortalDriver driver) {
            return door(name, cause -> driver.release(), guard -> driver.reset());
        }

        /** Anything that can be released, with the cause, and reset, by a guard. */
        public Builder door(
                String name,
                Function<? super String, ? extends Actuation> release,
                Function<? super PersonId, ? extends Actuation> reset) {
            if (doors.putIfAbsent(name, new AlarmDoor(name, release, reset)) != null) {
                throw new IllegalArgumentException("the door '" + name + "' is in this alarm already");
            }
            return this;
        }

        /** How long to wait for the doors' answers, at least 1 ms; 5 seconds unless said otherwise. */
        public Builder answerWithin(Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException("doors are given at least 1 ms to answer, not " + value);
            }
            answerWithin = value;
            return this;
        }

        /** The time of reports; the system's unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** The alarm, not raised. Refuses to be without doors. */
        public FireAlarm build() {
            return new FireAlarm(this);
        }
    }
}
