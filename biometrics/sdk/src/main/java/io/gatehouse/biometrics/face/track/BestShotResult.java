package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the frames of one face give together. Sealed, immutable, thread-safe. */
public sealed interface BestShotResult {
    <T> T fold(Function<? super Chosen, ? extends T> chosen, Function<? super Refused, ? extends T> refused);

    /** The frames that did not count and why, the first of them. */
    List<PassedOver> passedOver();

    /**
     * One template.
     *
     * @param template   the mean of the counted frames' templates, weighted by quality
     * @param quality    the weighted mean of their unified qualities, 0 to 100
     * @param counted    the frames that count, the best first
     * @param passedOver the others
     */
    record Chosen(Template template, double quality, List<Counted> counted, List<PassedOver> passedOver)
            implements BestShotResult {
        public Chosen {
            Objects.requireNonNull(template, "template");
            counted = List.copyOf(counted);
            passedOver = List.copyOf(passedOver);
        }

        @Override
        public <T> T fold(
                Function<? super Chosen, ? extends T> chosen, Function<? super Refused, ? extends T> refused) {
            return chosen.apply(this);
        }
    }

    /**
     * No template.
     *
     * @param reason     {@code face.track.inconsistent}, {@code face.track.too-few}, {@code face.attack}, or, where no
     *                   frame was good enough, what was wrong with the last one
     * @param passedOver the frames that did not count
     */
    record Refused(Reason reason, List<PassedOver> passedOver) implements BestShotResult {
        public Refused {
            Objects.requireNonNull(reason, "reason");
            passedOver = List.copyOf(passedOver);
        }

        @Override
        public <T> T fold(
                Function<? super Chosen, ? extends T> chosen, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }

    /**
     * A frame that counts.
     *
     * @param weight its share of the template; all of them add up to 1
     */
    record Counted(Instant capturedAt, double quality, double weight) {}

    /** A frame that does not count, and why. */
    record PassedOver(Instant capturedAt, double quality, Reason reason) {}
}
