package io.gatehouse.biometrics.face.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.track.BestShotResult.Chosen;
import io.gatehouse.biometrics.face.track.BestShotResult.Counted;
import io.gatehouse.biometrics.face.track.BestShotResult.PassedOver;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BestShotTest {
    private static final Instant AT = Instant.parse("2026-03-02T08:00:00Z");
    private static final Calibration CALIBRATION = new Calibration(
            List.of(new Calibration.Row(0.5, 1e-2), new Calibration.Row(0.9, 1e-1)), "made up for tests");
    private static final BestShotOptions OPTIONS =
            BestShotOptions.DEFAULT.withFrames(2, 3).withQuality(20, 80);

    private final BestShot best = BestShot.create(OPTIONS, CALIBRATION);

    @Test
    void averagesTheBestFramesByTheirQuality() {
        best.offer(shot(1, 30, 0.00));
        best.offer(shot(2, 60, 0.10));
        best.offer(shot(3, 40, 0.05));
        best.offer(shot(4, 50, 0.20));
        Chosen chosen = chosen();
        assertThat(chosen.counted())
                .extracting(Counted::capturedAt)
                .containsExactly(AT.plusSeconds(2), AT.plusSeconds(4), AT.plusSeconds(3));
        assertThat(chosen.counted()).extracting(Counted::weight).containsExactly(60 / 150.0, 50 / 150.0, 40 / 150.0);
        assertThat(chosen.quality()).isCloseTo((60 * 60 + 50 * 50 + 40 * 40) / 150.0, within(1e-9));
        assertThat(codes(chosen)).containsExactly("face.track.less-good");
        // Angles this small average as numbers do.
        double angle = (60 * 0.10 + 50 * 0.20 + 40 * 0.05) / 150;
        assertThat(chosen.template().distance(template(angle))).isLessThan(1e-3);
    }

    @Test
    void countsFramesAlikeWhoseQualityIsTheSameOrUnknown() {
        for (double quality : new double[] {0, 47, 100}) {
            BestShot alike =
                    BestShot.create(BestShotOptions.DEFAULT.withFrames(2, 3).withQuality(0, 100), CALIBRATION);
            alike.offer(shot(1, quality, 0));
            alike.offer(shot(2, quality, 0.1));
            alike.offer(shot(3, quality, 0.2));
            Chosen chosen = alike.result().fold(found -> found, refused -> {
                throw new AssertionError(refused.reason().toString());
            });
            int frames = chosen.counted().size();
            assertThat(chosen.counted())
                    .allSatisfy(each -> assertThat(each.weight()).isCloseTo(1.0 / frames, within(1e-12)));
            assertThat(chosen.quality()).isCloseTo(quality, within(1e-9));
            assertThat(chosen.template().distance(template(frames == 3 ? 0.1 : 0.05)))
                    .isLessThan(1e-3);
        }
    }

    @Test
    void keepsTheLengthOfTheTemplates() {
        best.offer(shot(1, 50, 0));
        best.offer(shot(2, 50, 0.2));
        float[] vector = chosen().template().vector();
        assertThat(Math.hypot(vector[0], vector[1])).isCloseTo(2, within(1e-6));
    }

    @Test
    void isDoneWhenEnoughFramesAreGoodEnough() {
        best.offer(shot(1, 85, 0));
        assertThat(best.isDone()).isFalse();
        best.offer(shot(2, 90, 0));
        assertThat(best.isDone()).isTrue();
        Template before = chosen().template();
        best.offer(shot(3, 99, 0.1));
        assertThat(chosen().template()).isEqualTo(before);
        assertThat(codes(chosen())).containsExactly("face.track.not-needed");
    }

    @Test
    @DisplayName("ATT-14 Frames of two people give no template, also when the second comes after enough good ones")
    void refusesTwoPeople() {
        best.offer(shot(1, 85, 0));
        best.offer(shot(2, 90, 0));
        best.offer(shot(3, 90, 1));
        assertThat(refusal()).isEqualTo("face.track.inconsistent");
        best.offer(shot(4, 90, 0));
        assertThat(refusal()).isEqualTo("face.track.inconsistent");
        assertThat(best.isDone()).isTrue();
    }

    @Test
    void doesNotJudgeIdentityByABadFrame() {
        best.offer(shot(1, 50, 0));
        best.offer(shot(2, 10, 1));
        best.offer(shot(3, 50, 0));
        assertThat(codes(chosen())).containsExactly("face.track.low-quality");
    }

    @Test
    @DisplayName("ATT-14 One attack among the frames refuses them all")
    void refusesAnAttackAmongThem() {
        best.offer(shot(1, 50, 0));
        best.offer(refused(2, "face.attack"));
        best.offer(shot(3, 50, 0));
        best.offer(shot(4, 50, 0));
        assertThat(refusal()).isEqualTo("face.attack");
    }

    @Test
    void saysWhatIsWrongWhereNoFrameIsGood() {
        assertThat(refusal()).isEqualTo("face.track.too-few");
        best.offer(refused(1, "face.quality.dark"));
        best.offer(refused(2, "face.quality.turned"));
        assertThat(refusal()).isEqualTo("face.quality.turned");
        best.offer(shot(3, 50, 0));
        assertThat(refusal()).isEqualTo("face.track.too-few");
        assertThat(codes(best.result())).containsExactly("face.quality.dark", "face.quality.turned");
    }

    @Test
    void remembersNoMoreThanItMust() {
        for (int i = 0; i < 10_000; i++) {
            best.offer(shot(i, 20 + i % 50, 0));
            best.offer(refused(i, "face.quality.dark"));
        }
        assertThat(chosen().counted()).hasSize(3);
        assertThat(chosen().passedOver()).hasSize(64);
    }

    @Test
    void refusesTemplatesOfAnotherPackAndOptionsThatAreNone() {
        best.offer(shot(1, 50, 0));
        Shot other = Shot.of(AT, 50, Template.of("other", new float[] {1, 0}));
        assertThatThrownBy(() -> best.offer(other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withFrames(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withQuality(50, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OPTIONS.withSameFaceRate(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shot.of(AT, Double.NaN, template(0))).isInstanceOf(IllegalArgumentException.class);
    }

    private Chosen chosen() {
        return best.result().fold(chosen -> chosen, refused -> {
            throw new AssertionError(refused.reason().toString());
        });
    }

    private String refusal() {
        return best.result()
                .fold(chosen -> "chosen", refused -> refused.reason().code());
    }

    private static List<String> codes(BestShotResult result) {
        return result.passedOver().stream()
                .map(PassedOver::reason)
                .map(Reason::code)
                .toList();
    }

    private static Shot shot(int second, double quality, double angle) {
        return Shot.of(AT.plusSeconds(second), quality, template(angle));
    }

    private static Shot refused(int second, String code) {
        return new Shot(AT.plusSeconds(second), 10, Optional.empty(), Optional.of(Reason.of(code, "Not this one.")));
    }

    private static Template template(double angle) {
        return Template.of("made-up", new float[] {(float) (2 * Math.cos(angle)), (float) (2 * Math.sin(angle))});
    }
}
