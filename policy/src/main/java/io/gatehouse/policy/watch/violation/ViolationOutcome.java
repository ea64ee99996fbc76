package io.gatehouse.policy.watch.violation;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** Whether something could be done about a violation. Sealed, immutable, thread-safe. */
public sealed interface ViolationOutcome {

    <T> T fold(Function<? super Violation, ? extends T> done, Function<? super Reason, ? extends T> refused);

    /** It was done; this is how the violation stands now. */
    record Done(Violation violation) implements ViolationOutcome {
        public Done {
            Objects.requireNonNull(violation, "violation");
        }

        @Override
        public <T> T fold(
                Function<? super Violation, ? extends T> done, Function<? super Reason, ? extends T> refused) {
            return done.apply(violation);
        }
    }

    /** It was not done, and nothing is changed. */
    record Refused(Reason reason) implements ViolationOutcome {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Violation, ? extends T> done, Function<? super Reason, ? extends T> refused) {
            return refused.apply(reason);
        }
    }
}
