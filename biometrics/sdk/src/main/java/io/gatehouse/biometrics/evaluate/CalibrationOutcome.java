package io.gatehouse.biometrics.evaluate;

import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A calibration made from a sample, or what the sample lacks. Sealed, immutable, thread-safe. */
public sealed interface CalibrationOutcome {
    <T> T fold(Function<? super Calibrated, ? extends T> calibrated, Function<? super TooSmall, ? extends T> tooSmall);

    /**
     * The sample was large enough.
     *
     * @param calibration the table, with the model of its tail
     * @param support     what each of its rows rests on, in the same order
     */
    record Calibrated(Calibration calibration, List<Support> support) implements CalibrationOutcome {
        public Calibrated {
            Objects.requireNonNull(calibration, "calibration");
            support = List.copyOf(support);
        }

        @Override
        public <T> T fold(
                Function<? super Calibrated, ? extends T> calibrated,
                Function<? super TooSmall, ? extends T> tooSmall) {
            return calibrated.apply(this);
        }
    }

    /** It was not; the reason says what would be. */
    record TooSmall(Reason reason) implements CalibrationOutcome {
        public TooSmall {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Calibrated, ? extends T> calibrated,
                Function<? super TooSmall, ? extends T> tooSmall) {
            return tooSmall.apply(this);
        }
    }

    /**
     * What a row rests on.
     *
     * @param distance        the row's distance
     * @param measured        false matches there
     * @param effectiveErrors how many independent errors would tell the rate as surely; fewer than the errors that were
     *                        seen, since comparisons share people
     * @param interval        where the rate lies, people drawn anew
     */
    record Support(double distance, Proportion measured, double effectiveErrors, Interval interval) {}
}
