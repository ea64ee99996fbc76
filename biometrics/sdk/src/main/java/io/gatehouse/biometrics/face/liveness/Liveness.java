package io.gatehouse.biometrics.face.liveness;

import java.util.Objects;
import java.util.function.Function;

/**
 * Whether a face is of a person in front of the camera (presentation attack detection, ISO/IEC 30107-3). Sealed,
 * immutable, thread-safe.
 */
public sealed interface Liveness {
    <T> T fold(
            Function<? super Live, ? extends T> live,
            Function<? super Attack, ? extends T> attack,
            Function<? super NotChecked, ? extends T> notChecked);

    /** Taken for a live face; the score, 0 to 1, is the network's, not a probability. */
    record Live(double score) implements Liveness {
        public Live {
            requireScore(score);
        }

        @Override
        public <T> T fold(
                Function<? super Live, ? extends T> live,
                Function<? super Attack, ? extends T> attack,
                Function<? super NotChecked, ? extends T> notChecked) {
            return live.apply(this);
        }
    }

    /** Taken for a print, a screen or a mask; the score for "live", 0 to 1, was too low. */
    record Attack(double score) implements Liveness {
        public Attack {
            requireScore(score);
        }

        @Override
        public <T> T fold(
                Function<? super Live, ? extends T> live,
                Function<? super Attack, ? extends T> attack,
                Function<? super NotChecked, ? extends T> notChecked) {
            return attack.apply(this);
        }
    }

    /** Nobody looked, and why. */
    record NotChecked(String reason) implements Liveness {
        public NotChecked {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Live, ? extends T> live,
                Function<? super Attack, ? extends T> attack,
                Function<? super NotChecked, ? extends T> notChecked) {
            return notChecked.apply(this);
        }
    }

    private static void requireScore(double score) {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a liveness score is 0 to 1, not " + score);
        }
    }
}
