package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.face.liveness.Liveness.Attack;
import io.gatehouse.biometrics.face.liveness.Liveness.Live;
import io.gatehouse.biometrics.face.liveness.Liveness.NotChecked;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LivenessVoteTest {
    private static final Liveness UNKNOWN = new NotChecked(Reason.of("face.liveness.skipped", "Too dark."));
    private static final LivenessVote ALL = new LivenessVote(LivenessVote.Rule.ALL, 2, 0.5);

    @Test
    void takesTheMedianOfTheFrames() {
        LivenessVote median = LivenessVote.DEFAULT;
        assertThat(median.of(List.of(live(0.9), attack(0.1), live(0.7)))).isEqualTo(live(0.7));
        assertThat(median.of(List.of(live(0.9), attack(0.1), attack(0.2)))).isEqualTo(attack(0.2));
        // Of an even number the lower middle: in doubt not live.
        assertThat(median.of(List.of(live(0.9), attack(0.1), attack(0.2), live(0.8))))
                .isEqualTo(attack(0.2));
    }

    @Test
    @DisplayName("ATT-14 Where every frame must be live, one attack decides")
    void mayAskEveryFrameToBeLive() {
        assertThat(ALL.of(List.of(live(0.9), live(0.6), live(0.7)))).isEqualTo(live(0.6));
        assertThat(ALL.of(List.of(live(0.9), attack(0.3), live(0.7)))).isEqualTo(attack(0.3));
    }

    @Test
    void isNotOutvotedWhereFramesCameAgain() {
        Attack repeated = new Attack(AttackKind.REPEATED_FRAME, 0);
        assertThat(LivenessVote.DEFAULT.of(List.of(live(0.9), repeated, live(0.8), live(0.9))))
                .isEqualTo(repeated);
    }

    @Test
    void doesNotAnswerOfTooFewFrames() {
        String code = LivenessVote.DEFAULT
                .of(List.of(live(0.9), UNKNOWN, live(0.9), UNKNOWN))
                .fold(live -> "live", attack -> "attack", none -> none.reason().code());
        assertThat(code).isEqualTo("face.liveness.too-few");
        assertThatThrownBy(() -> new LivenessVote(LivenessVote.Rule.ALL, 0, 0.5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Liveness live(double score) {
        return new Live(score);
    }

    private static Liveness attack(double score) {
        return new Attack(AttackKind.ARTEFACT, score);
    }
}
