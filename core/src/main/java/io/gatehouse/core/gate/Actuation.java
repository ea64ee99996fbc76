package io.gatehouse.core.gate;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a device says to a command. Sealed, immutable, thread-safe. */
public sealed interface Actuation {

    <T> T fold(
            Supplier<? extends T> done,
            Function<? super Failed, ? extends T> failed,
            Function<? super NoAnswer, ? extends T> noAnswer);

    default boolean isDone() {
        return this instanceof Done;
    }

    /** It did it and said so. */
    record Done() implements Actuation {
        @Override
        public <T> T fold(
                Supplier<? extends T> done,
                Function<? super Failed, ? extends T> failed,
                Function<? super NoAnswer, ? extends T> noAnswer) {
            return done.get();
        }
    }

    /** It said that it did not. */
    record Failed(Reason reason) implements Actuation {
        public Failed {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Supplier<? extends T> done,
                Function<? super Failed, ? extends T> failed,
                Function<? super NoAnswer, ? extends T> noAnswer) {
            return failed.apply(this);
        }
    }

    /** It said nothing in time: it may or may not have done it. */
    record NoAnswer(Reason reason) implements Actuation {
        public NoAnswer {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Supplier<? extends T> done,
                Function<? super Failed, ? extends T> failed,
                Function<? super NoAnswer, ? extends T> noAnswer) {
            return noAnswer.apply(this);
        }
    }
}
