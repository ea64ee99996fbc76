package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/**
 * Whether a face is of a person in front of the camera (presentation attack detection, ISO/IEC 30107-3). Only
 * {@link Live} says so. Sealed, immutable, thread-safe.
 *
 * <p>No way of looking sees everything. A picture or a video that is fed straight into the pipeline, in place of the
 * camera, shows no artefact; one that a program animates in step with the challenge turns like a head. Protect the way
 * from the camera, and let a person watch where much depends on it.
 */
public sealed interface Liveness {
    <T> T fold(
            Function<? super Live, ? extends T> live,
            Function<? super Attack, ? extends T> attack,
            Function<? super NotChecked, ? extends T> notChecked);

    /**
     * What two ways of looking at one face say together: an attack if either saw one, live only if both say so, with the
     * lower score.
     */
    default Liveness and(Liveness other) {
        if (this instanceof Attack || other instanceof Attack) {
            return this instanceof Attack ? this : other;
        }
        if (this instanceof Live one && other instanceof Live two) {
            return one.score <= two.score ? one : two;
        }
        return this instanceof NotChecked ? this : other;
    }

    /** Taken for a live face; the score, 0 to 1, is not a probability: the network's, or the share of a challenge done. */
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

    /**
     * Taken for an attack.
     *
     * @param kind  what it was seen by
     * @param score the score for "live", 0 to 1: the network's, or the share of a challenge done before
     */
    record Attack(AttackKind kind, double score) implements Liveness {
        public Attack {
            Objects.requireNonNull(kind, "kind");
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

    /** Not known, and why: nobody looked, or what was asked for was not done in time. */
    record NotChecked(Reason reason) implements Liveness {
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
