package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.core.reason.Reason;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QualityProfileTest {
    private static final QualityLimit NEVER = QualityLimit.raw(1e9, Double.POSITIVE_INFINITY);

    @Test
    void saysWhatToDoForEveryMeasureInBothLanguages() {
        for (QualityMeasure measure : QualityMeasure.values()) {
            if (measure.assessable()) {
                for (double raw : new double[] {-60, 0.1, 60}) {
                    Reason reason = refusals(profile(measure), measure, raw).get(0);
                    assertThat(reason.code()).startsWith("face.quality.");
                    assertThat(FaceMessages.text(reason, Locale.CHINESE)).matches(".*[\\u4e00-\\u9fff].*");
                }
            }
        }
    }

    @Test
    void tellsTheSidesApart() {
        assertThat(code(QualityMeasure.HEAD_POSE_YAW, 40)).isEqualTo("face.quality.turned-left");
        assertThat(code(QualityMeasure.HEAD_POSE_YAW, -40)).isEqualTo("face.quality.turned-right");
        assertThat(code(QualityMeasure.HEAD_POSE_PITCH, 40)).isEqualTo("face.quality.looking-down");
        assertThat(code(QualityMeasure.HEAD_POSE_PITCH, -40)).isEqualTo("face.quality.looking-up");
        assertThat(code(QualityMeasure.HEAD_SIZE, 0.05)).isEqualTo("face.quality.head-small");
        assertThat(code(QualityMeasure.HEAD_SIZE, 0.95)).isEqualTo("face.quality.head-large");
    }

    @Test
    void namesFirstWhatToMendFirst() {
        Map<QualityMeasure, QualityResult> bad = new EnumMap<>(QualityMeasure.class);
        for (QualityMeasure measure : QualityProfile.GATE.measures()) {
            bad.put(measure, new Assessed(-1e6, 0));
        }
        List<String> codes = QualityProfile.GATE.refusals(new FaceQuality(bad)).stream()
                .map(Reason::code)
                .toList();
        assertThat(codes)
                .containsExactly(
                        "face.quality.too-small",
                        "face.quality.turned-right",
                        "face.quality.looking-up",
                        "face.quality.tilted",
                        "face.quality.dark",
                        "face.quality.bright",
                        "face.quality.flat",
                        "face.quality.blurred");
    }

    @Test
    void saysHowManyPixelsAreNeeded() {
        Reason byPixels = QualityProfile.GATE
                .refusals(quality(QualityMeasure.INTER_EYE_DISTANCE, new Assessed(12.4, 5)))
                .get(0);
        assertThat(byPixels.text()).contains("(12 pixels between the eyes, 24 needed): come closer");
        QualityProfile half = QualityProfile.builder()
                .limit(QualityMeasure.INTER_EYE_DISTANCE, QualityLimit.component(50))
                .build();
        assertThat(half.refusals(quality(QualityMeasure.INTER_EYE_DISTANCE, new Assessed(12.4, 5)))
                        .get(0)
                        .text())
                .contains("70 needed");
    }

    @Test
    void refusesWhatCouldNotBeAssessed() {
        QualityResult none = new NotAssessed("hardly any background is in the picture");
        QualityProfile plain = QualityProfile.builder()
                .limit(QualityMeasure.BACKGROUND_UNIFORMITY, QualityLimit.component(50))
                .build();
        Reason reason = plain.refusals(quality(QualityMeasure.BACKGROUND_UNIFORMITY, none))
                .get(0);
        assertThat(reason.code()).isEqualTo("face.quality.not-assessed");
        assertThat(reason.text()).contains("BACKGROUND_UNIFORMITY").contains("hardly any background");
        assertThat(plain.toBuilder()
                        .without(QualityMeasure.BACKGROUND_UNIFORMITY)
                        .build()
                        .refusals(quality(QualityMeasure.BACKGROUND_UNIFORMITY, none)))
                .isEmpty();
    }

    @Test
    void refusesAPoorWholeOnlyIfNoPartIsToBlame() {
        QualityProfile profile = QualityProfile.builder()
                .limit(QualityMeasure.SHARPNESS, QualityLimit.component(40))
                .minUnified(60)
                .build();
        assertThat(profile.refusals(quality(QualityMeasure.SHARPNESS, new Assessed(30, 50)))
                        .get(0)
                        .text())
                .contains("50 of 100, 60 needed");
        assertThat(profile.refusals(quality(QualityMeasure.SHARPNESS, new Assessed(30, 30))))
                .extracting(Reason::code)
                .containsExactly("face.quality.blurred");
        assertThat(profile.refusals(quality(QualityMeasure.SHARPNESS, new Assessed(30, 60))))
                .isEmpty();
    }

    @Test
    void refusesLimitsThatNothingCanKeep() {
        assertThatThrownBy(() ->
                        QualityProfile.builder().limit(QualityMeasure.MOUTH_OCCLUSION, QualityLimit.component(50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MOUTH_OCCLUSION");
        assertThatThrownBy(() -> QualityLimit.component(101)).hasMessageContaining("101");
        assertThatThrownBy(() -> QualityLimit.raw(2, 1)).hasMessageContaining("2.0");
        assertThatThrownBy(() -> QualityProfile.builder().minUnified(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Assessed(Double.NaN, 3)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Assessed(1, 101)).hasMessageContaining("101");
    }

    @Test
    void assessesOnlyWhatIsAskedFor() {
        assertThat(QualityProfile.ENROLMENT.measures()).isEqualTo(EnumSet.allOf(QualityMeasure.class));
        assertThat(QualityProfile.GATE.measures())
                .isEqualTo(QualityProfile.GATE.limits().keySet());
        assertThat(QualityProfile.NONE.measures()).isEmpty();
        assertThat(QualityProfile.NONE.refusals(new FaceQuality(Map.of()))).isEmpty();
        assertThat(QualityProfile.GATE.toBuilder().build()).isEqualTo(QualityProfile.GATE);
        assertThat(new FaceQuality(Map.of()).result(QualityMeasure.SHARPNESS)).isInstanceOf(NotAssessed.class);
        assertThat(new FaceQuality(Map.of()).unified()).isZero();
    }

    @Test
    void unifiesByTheGeometricMean() {
        Map<QualityMeasure, QualityResult> results = new EnumMap<>(QualityMeasure.class);
        results.put(QualityMeasure.SHARPNESS, new Assessed(1, 25));
        results.put(QualityMeasure.DYNAMIC_RANGE, new Assessed(1, 100));
        results.put(QualityMeasure.MOUTH_CLOSED, new Assessed(1, 1));
        assertThat(new FaceQuality(results).unified()).isEqualTo(50);
        results.put(QualityMeasure.OVER_EXPOSURE, new Assessed(1, 0));
        // The third root of 25 × 100 × 1
        assertThat(new FaceQuality(results).unified()).isEqualTo(14);
    }

    private static QualityProfile profile(QualityMeasure measure) {
        return QualityProfile.builder().limit(measure, NEVER).build();
    }

    private static String code(QualityMeasure measure, double raw) {
        return refusals(profile(measure), measure, raw).get(0).code();
    }

    private static List<Reason> refusals(QualityProfile profile, QualityMeasure measure, double raw) {
        return profile.refusals(quality(measure, new Assessed(raw, 0)));
    }

    private static FaceQuality quality(QualityMeasure measure, QualityResult result) {
        Map<QualityMeasure, QualityResult> results = new EnumMap<>(QualityMeasure.class);
        for (QualityMeasure other : QualityProfile.GATE.measures()) {
            if (QualityProfile.GATE.limits().containsKey(other) && measure == QualityMeasure.INTER_EYE_DISTANCE) {
                results.put(other, new Assessed(0, 100));
            }
        }
        results.put(measure, result);
        return new FaceQuality(results);
    }
}
