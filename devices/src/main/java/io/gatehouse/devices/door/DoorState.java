package io.gatehouse.devices.door;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is known of a door's lock. Sealed, immutable, thread-safe. */
public sealed interface DoorState {
    <T> T fold(
            Supplier<? extends T> locked,
            Function<? super Unlocked, ? extends T> unlocked,
            Function<? super Released, ? extends T> released,
            Function<? super Uncertain, ? extends T> uncertain);

    /** The lock said that it is locked. */
    record Locked() implements DoorState {
        @Override
        public <T> T fold(
                Supplier<? extends T> locked,
                Function<? super Unlocked, ? extends T> unlocked,
                Function<? super Released, ? extends T> released,
                Function<? super Uncertain, ? extends T> uncertain) {
            return locked.get();
        }
    }

    /** Unlocked for a passage. */
    record Unlocked(Instant until) implements DoorState {
        public Unlocked {
            Objects.requireNonNull(until, "until");
        }

        @Override
        public <T> T fold(
                Supplier<? extends T> locked,
                Function<? super Unlocked, ? extends T> unlocked,
                Function<? super Released, ? extends T> released,
                Function<? super Uncertain, ? extends T> uncertain) {
            return unlocked.apply(this);
        }
    }

    /**
     * Free passage until it is reset by hand.
     *
     * @param confirmed whether the lock said that it is unlocked; until it does, the door goes on telling it
     */
    record Released(boolean confirmed) implements DoorState {
        @Override
        public <T> T fold(
                Supplier<? extends T> locked,
                Function<? super Unlocked, ? extends T> unlocked,
                Function<? super Released, ? extends T> released,
                Function<? super Uncertain, ? extends T> uncertain) {
            return released.apply(this);
        }
    }

    /** The lock did not do or did not confirm the last command; the door goes on telling it to lock. */
    record Uncertain(Reason reason) implements DoorState {
        public Uncertain {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Supplier<? extends T> locked,
                Function<? super Unlocked, ? extends T> unlocked,
                Function<? super Released, ? extends T> released,
                Function<? super Uncertain, ? extends T> uncertain) {
            return uncertain.apply(this);
        }
    }
}
