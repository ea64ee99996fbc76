package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.PortalDriver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A door of which nothing is known but its lock: one relay, no sensors. What it does is {@link Door}'s, which also sees
 * the leaf, the exit button and the people. Built, it locks: whatever a killed process left behind ends there.
 *
 * <ul>
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
    private final String name;
    private final LockDrive lock;
    private final Duration unlockTime;

    private RelayDoor(Builder parts) {
        this.name = parts.name;
        this.unlockTime = parts.unlockTime;
        this.lock =
                new LockDrive(parts.name, parts.relay, parts.scheduler, parts.failMode, parts.repeatAfter, parts.clock);
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
        return lock.state();
    }

    @Override
    public Actuation open() {
        return lock.unlockFor(unlockTime);
    }

    @Override
    public Actuation release() {
        return lock.release();
    }

    @Override
    public Actuation reset() {
        return lock.reset(Duration.ZERO);
    }

    /** Takes the door out of service: locks it and forgets its timers, unless it is released. */
    @Override
    public void close() {
        lock.close();
    }

    @Override
    public String toString() {
        return "RelayDoor[" + name + ", " + lock.state() + "]";
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
        private boolean startReleased;

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

        /** Whether an alarm that lasts from before the start wants it released at once; not unless said so. */
        public Builder startReleased(boolean value) {
            startReleased = value;
            return this;
        }

        /** The door, told to lock. If the lock did not confirm, {@link #state} says so and the door goes on telling it. */
        public RelayDoor build() {
            RelayDoor door = new RelayDoor(this);
            door.lock.start(startReleased);
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
