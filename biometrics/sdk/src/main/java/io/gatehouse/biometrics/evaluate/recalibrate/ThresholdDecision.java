package io.gatehouse.biometrics.evaluate.recalibrate;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What came of a wish to put a threshold in force. Sealed, immutable, thread-safe. */
public sealed interface ThresholdDecision {
    <T> T fold(Function<? super InForce, ? extends T> inForce, Function<? super Refused, ? extends T> refused);

    /** It is signed, recorded and in force. Keep the record and load it at every start. */
    record InForce(CalibrationRecord record) implements ThresholdDecision {
        public InForce {
            Objects.requireNonNull(record, "record");
        }

        @Override
        public <T> T fold(
                Function<? super InForce, ? extends T> inForce, Function<? super Refused, ? extends T> refused) {
            return inForce.apply(this);
        }
    }

    /** Nothing was signed; that it was tried is recorded. */
    record Refused(Reason reason) implements ThresholdDecision {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super InForce, ? extends T> inForce, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
