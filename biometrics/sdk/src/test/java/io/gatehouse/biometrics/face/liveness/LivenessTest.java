package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.face.liveness.Liveness.Attack;
import io.gatehouse.biometrics.face.liveness.Liveness.Live;
import io.gatehouse.biometrics.face.liveness.Liveness.NotChecked;
import io.gatehouse.core.reason.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final Live SURE = new Live(0.9);
    private static final Live LESS_SURE = new Live(0.6);
    private static final Attack ATTACK = new Attack(AttackKind.ARTEFACT, 0.1);
    private static final NotChecked UNKNOWN = new NotChecked(Reason.of("face.liveness.none", "Nobody looked."));

    @Test
    @DisplayName("ATT-14 Two ways of looking: an attack seen by either is one, and live is what both call live")
    void addsTwoWaysOfLooking() {
        assertThat(SURE.and(LESS_SURE)).isEqualTo(LESS_SURE);
        assertThat(LESS_SURE.and(SURE)).isEqualTo(LESS_SURE);
        assertThat(SURE.and(ATTACK)).isEqualTo(ATTACK);
        assertThat(ATTACK.and(UNKNOWN)).isEqualTo(ATTACK);
        assertThat(UNKNOWN.and(ATTACK)).isEqualTo(ATTACK);
        assertThat(UNKNOWN.and(SURE)).isEqualTo(UNKNOWN);
        assertThat(SURE.and(UNKNOWN)).isEqualTo(UNKNOWN);
    }

    @Test
    void refusesAScoreThatIsNone() {
        for (double score : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Live(score)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Attack(AttackKind.ARTEFACT, score))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
