package io.gatehouse.biometrics.face.quality;

import java.util.Objects;
import java.util.function.Function;

/** What came of one {@link QualityMeasure}. Sealed, immutable, thread-safe. */
public sealed interface QualityResult {
    <T> T fold(
            Function<? super Assessed, ? extends T> assessed, Function<? super NotAssessed, ? extends T> notAssessed);

    /**
     * Measured.
     *
     * @param raw       the native value; its unit is told by the measure
     * @param component quality component of ISO/IEC 29794-5: 0 is worst, 100 is best
     */
    record Assessed(double raw, int component) implements QualityResult {
        public Assessed {
            if (!Double.isFinite(raw)) {
                throw new IllegalArgumentException("a quality measure's raw value is finite, not " + raw);
            }
            if (component < 0 || component > 100) {
                throw new IllegalArgumentException("a quality component is 0 to 100, not " + component);
            }
        }

        @Override
        public <T> T fold(
                Function<? super Assessed, ? extends T> assessed,
                Function<? super NotAssessed, ? extends T> notAssessed) {
            return assessed.apply(this);
        }
    }

    /**
     * Not measured.
     *
     * @param reason why, in English: nobody asked, the picture does not show it, or no model can tell
     */
    record NotAssessed(String reason) implements QualityResult {
        public NotAssessed {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Assessed, ? extends T> assessed,
                Function<? super NotAssessed, ? extends T> notAssessed) {
            return notAssessed.apply(this);
        }
    }
}
