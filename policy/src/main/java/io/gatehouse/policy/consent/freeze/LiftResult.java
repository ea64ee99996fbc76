package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/** What came of lifting a freeze. Immutable and thread-safe. */
public sealed interface LiftResult {
    /** One of two. */
    <T> T fold(Function<? super Lifted, ? extends T> lifted, Function<? super NotLifted, ? extends T> notLifted);

    /** The data may be used again, as far as there is a basis. */
    record Lifted(Freeze freeze, Instant at) implements LiftResult {
        public Lifted {
            Objects.requireNonNull(freeze, "freeze");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public <T> T fold(
                Function<? super Lifted, ? extends T> lifted, Function<? super NotLifted, ? extends T> notLifted) {
            return lifted.apply(this);
        }
    }

    /** The freeze goes on: this person may not lift it, or there is none. */
    record NotLifted(Reason reason) implements LiftResult {
        public NotLifted {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Lifted, ? extends T> lifted, Function<? super NotLifted, ? extends T> notLifted) {
            return notLifted.apply(this);
        }
    }
}
