package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** How far a challenge is. Sealed, immutable, thread-safe. */
public sealed interface ChallengeState {
    <T> T fold(
            Function<? super Asking, ? extends T> asking,
            Function<? super Passed, ? extends T> passed,
            Function<? super Failed, ? extends T> failed);

    /** What is known of the face by now: not checked while the challenge goes on. */
    Liveness liveness();

    /** What to tell the person, in Chinese or, for every other language, in English. */
    String text(Locale locale);

    /** Waiting for a move. */
    record Asking(Move move, int done, int steps, Instant until) implements ChallengeState {
        public Asking {
            Objects.requireNonNull(move, "move");
            Objects.requireNonNull(until, "until");
        }

        @Override
        public Liveness liveness() {
            return new Liveness.NotChecked(FaceMessages.reason("face.challenge.pending"));
        }

        @Override
        public String text(Locale locale) {
            return move.text(locale);
        }

        @Override
        public <T> T fold(
                Function<? super Asking, ? extends T> asking,
                Function<? super Passed, ? extends T> passed,
                Function<? super Failed, ? extends T> failed) {
            return asking.apply(this);
        }
    }

    /** Every move was done, by one face that is not flat. */
    record Passed() implements ChallengeState {
        @Override
        public Liveness liveness() {
            return new Liveness.Live(1);
        }

        @Override
        public String text(Locale locale) {
            return FaceMessages.text(FaceMessages.reason("face.challenge.passed"), locale);
        }

        @Override
        public <T> T fold(
                Function<? super Asking, ? extends T> asking,
                Function<? super Passed, ? extends T> passed,
                Function<? super Failed, ? extends T> failed) {
            return passed.apply(this);
        }
    }

    /**
     * Over, and not passed. Being late or out of view is no attack and not live; try again with a new challenge.
     *
     * @param reason   {@code face.challenge.} and one of {@code late}, {@code lost}, {@code order}, {@code repeated},
     *                 {@code flat}, {@code other-face}, {@code other-move}
     * @param liveness an attack for the last four of these, else not checked
     */
    record Failed(Reason reason, Liveness liveness) implements ChallengeState {
        public Failed {
            Objects.requireNonNull(reason, "reason");
            if (liveness instanceof Liveness.Live) {
                throw new IllegalArgumentException("who failed a challenge is not shown to be live");
            }
        }

        @Override
        public String text(Locale locale) {
            return FaceMessages.text(reason, locale);
        }

        @Override
        public <T> T fold(
                Function<? super Asking, ? extends T> asking,
                Function<? super Passed, ? extends T> passed,
                Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
