package io.gatehouse.devices.door;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;

/**
 * What is known of a door. A {@link RelayDoor}, which has no sensors, is never held, forced or jammed. Sealed, immutable,
 * thread-safe.
 */
public sealed interface DoorState {
    <T> T fold(Cases<? extends T> cases);

    /** An answer for each state. */
    interface Cases<T> {
        T locked();

        T unlocked(Unlocked state);

        T heldOpen(HeldOpen state);

        T forcedOpen(ForcedOpen state);

        T jammed(Jammed state);

        T released(Released state);

        T uncertain(Uncertain state);
    }

    /** The lock said that it is locked. */
    record Locked() implements DoorState {
        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.locked();
        }
    }

    /** Unlocked for a passage. */
    record Unlocked(Instant until) implements DoorState {
        public Unlocked {
            Objects.requireNonNull(until, "until");
        }

        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.unlocked(this);
        }
    }

    /** Opened by right, and open for longer than a passage takes. */
    record HeldOpen(Instant since) implements DoorState {
        public HeldOpen {
            Objects.requireNonNull(since, "since");
        }

        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.heldOpen(this);
        }
    }

    /** Open although nobody unlocked it and nobody asked to leave. */
    record ForcedOpen(Instant since) implements DoorState {
        public ForcedOpen {
            Objects.requireNonNull(since, "since");
        }

        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.forcedOpen(this);
        }
    }

    /** The bolt is not where the lock was told to put it. */
    record Jammed(Reason reason) implements DoorState {
        public Jammed {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.jammed(this);
        }
    }

    /**
     * Free passage until it is reset by hand.
     *
     * @param confirmed whether the lock said that it is unlocked; until it does, the door goes on telling it
     */
    record Released(boolean confirmed) implements DoorState {
        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.released(this);
        }
    }

    /** The lock did not do or did not confirm the last command; the door goes on telling it to lock. */
    record Uncertain(Reason reason) implements DoorState {
        public Uncertain {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(Cases<? extends T> cases) {
            return cases.uncertain(this);
        }
    }
}
