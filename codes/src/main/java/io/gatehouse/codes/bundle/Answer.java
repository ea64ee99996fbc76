package io.gatehouse.codes.bundle;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A part of a gate's bundle, or why the gate cannot go by it. Sealed, immutable, thread-safe if the value is. */
public sealed interface Answer<T> {

    /** Applies the function of the case that this is. */
    <R> R fold(Function<? super T, ? extends R> present, Function<? super Reason, ? extends R> absent);

    /** The value, if the gate may go by it. */
    default Optional<T> value() {
        return fold(Optional::of, reason -> Optional.empty());
    }

    /** Why not, if it may not. */
    default Optional<Reason> whyNot() {
        return fold(value -> Optional.empty(), Optional::of);
    }

    /** The gate may go by it. */
    record Present<T>(T present) implements Answer<T> {
        public Present {
            Objects.requireNonNull(present, "present");
        }

        @Override
        public <R> R fold(Function<? super T, ? extends R> whenPresent, Function<? super Reason, ? extends R> absent) {
            return whenPresent.apply(present);
        }
    }

    /** It never came, is too old, or the gate's clock cannot be right. */
    record Absent<T>(Reason reason) implements Answer<T> {
        public Absent {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <R> R fold(Function<? super T, ? extends R> present, Function<? super Reason, ? extends R> whenAbsent) {
            return whenAbsent.apply(reason);
        }
    }
}
