package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.liveness.Liveness.Attack;
import io.gatehouse.biometrics.face.liveness.Liveness.Live;
import io.gatehouse.biometrics.face.liveness.Liveness.NotChecked;
import io.gatehouse.biometrics.face.message.FaceMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the passive check of several frames of one face becomes one answer. Immutable and thread-safe.
 *
 * @param rule      what counts
 * @param minFrames of how many frames at least
 * @param threshold a live face scores at least this, between 0 and 1; with {@link Rule#ALL} each frame's own counts
 */
public record LivenessVote(Rule rule, int minFrames, double threshold) {
    /** What counts. */
    public enum Rule {
        /** The median of the scores (the lower one of two): passes over a frame that is blurred or half seen. */
        MEDIAN,
        /** Every frame must be live: an attack has no second chance, and a person has none either. */
        ALL
    }

    /** The median of at least three frames. */
    public static final LivenessVote DEFAULT = new LivenessVote(Rule.MEDIAN, 3, 0.5);

    public LivenessVote {
        Objects.requireNonNull(rule, "rule");
        if (minFrames < 1) {
            throw new IllegalArgumentException("a vote is over at least 1 frame, not " + minFrames);
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("a liveness threshold lies between 0 and 1, not " + threshold);
        }
    }

    /** The answer; frames that were not checked do not count. */
    public Liveness of(List<Liveness> frames) {
        List<Double> scores = new ArrayList<>();
        for (Liveness frame : frames) {
            Optional<Double> score = frame.fold(
                    live -> Optional.of(live.score()), attack -> Optional.of(attack.score()), none -> Optional.empty());
            score.ifPresent(scores::add);
        }
        if (scores.size() < minFrames) {
            return new NotChecked(FaceMessages.reason("face.liveness.too-few", scores.size(), minFrames));
        }
        Optional<Liveness> certain = frames.stream().filter(this::decides).findFirst();
        return certain.orElseGet(() -> byMedian(scores));
    }

    /** What the network did not see but the way the frames came cannot be outvoted. */
    private boolean decides(Liveness frame) {
        return frame instanceof Attack attack && (rule == Rule.ALL || attack.kind() != AttackKind.ARTEFACT);
    }

    private Liveness byMedian(List<Double> scores) {
        scores.sort(Double::compare);
        double score = scores.get(rule == Rule.ALL ? 0 : (scores.size() - 1) / 2);
        return rule == Rule.ALL || score >= threshold ? new Live(score) : new Attack(AttackKind.ARTEFACT, score);
    }
}
