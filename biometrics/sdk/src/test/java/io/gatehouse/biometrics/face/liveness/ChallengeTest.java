package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    @DisplayName("ATT-14 Every challenge that is allowed is drawn, each about as often")
    void drawsEveryOrderAboutAsOften() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ChallengeOptions options = ChallengeOptions.DEFAULT;
        int orders = Challenge.orders(options);
        Map<Challenge, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 200 * orders; i++) {
            drawn.merge(Challenge.draw(options, random), 1, Integer::sum);
        }
        assertThat(drawn).as("seed %d", seed).hasSize(orders);
        // 200 expected, six standard deviations either way.
        assertThat(drawn.values()).as("seed %d", seed).allMatch(count -> count > 115 && count < 285);
    }

    @Test
    void countsOrdersRight() {
        // By hand: LRL, RLR.
        List<Move> turns = List.of(Move.TURN_LEFT, Move.TURN_RIGHT);
        assertThat(Challenge.orders(ChallengeOptions.DEFAULT.withMoves(turns))).isEqualTo(2);
        // Of L, R and a blink B in two steps: LR, RL.
        List<Move> withBlink = List.of(Move.TURN_LEFT, Move.TURN_RIGHT, Move.BLINK);
        assertThat(Challenge.orders(
                        ChallengeOptions.DEFAULT.withMoves(withBlink).withSteps(2)))
                .isEqualTo(2);
        // In three: LRL, RLR, LRB, RLB, LBL, RBR, LBR, RBL, BLR, BRL.
        assertThat(Challenge.orders(
                        ChallengeOptions.DEFAULT.withMoves(withBlink).withSteps(3)))
                .isEqualTo(10);
        // Four moves without repeats: 4·3·3·3, and the mouth is at most half of them.
        assertThat(Challenge.orders(ChallengeOptions.DEFAULT)).isEqualTo(108);
    }

    @Test
    void refusesChallengesThatShowNoDepth() {
        assertThatThrownBy(() -> new Challenge(List.of(Move.BLINK, Move.TURN_LEFT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Challenge(List.of(Move.NOD, Move.NOD, Move.TURN_LEFT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeOptions.DEFAULT.withMoves(List.of(Move.BLINK, Move.NOD)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeOptions.DEFAULT.withSteps(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeOptions.DEFAULT.withLimits(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChallengeOptions.DEFAULT.withDegrees(Double.NaN, 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
