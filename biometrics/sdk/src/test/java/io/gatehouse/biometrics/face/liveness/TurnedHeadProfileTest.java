package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityLimit;
import io.gatehouse.biometrics.face.quality.QualityMeasure;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is asked of a face while a challenge makes people turn their heads. */
class TurnedHeadProfileTest {
    private static final List<String> POSES = List.of(
            "face.quality.turned-left",
            "face.quality.turned-right",
            "face.quality.looking-down",
            "face.quality.looking-up");

    @Test
    @DisplayName(
            "ATT-14 A head that turns as far as a challenge may ask is refused at the gate and not in the challenge")
    void takesTurnedHeadsInAChallenge() {
        double asked = ChallengeOptions.DEFAULT.withDegrees(45, 45).turnDegrees();
        assertThat(QualityProfile.GATE.limits().get(QualityMeasure.HEAD_POSE_YAW))
                .satisfies(limit -> assertThat(limit.maxRaw()).isLessThan(asked));
        assertThat(QualityProfile.CHALLENGE.limits())
                .doesNotContainKeys(QualityMeasure.HEAD_POSE_YAW, QualityMeasure.HEAD_POSE_PITCH)
                .containsKeys(QualityMeasure.SHARPNESS, QualityMeasure.INTER_EYE_DISTANCE);
    }

    @Test
    void asksOfEachFrameWhatTheCallSays() {
        List<Frame> frames = FacePictures.people(FacePictures.folder("lfw")).values().stream()
                .filter(pictures -> pictures.size() >= 3)
                .flatMap(List::stream)
                .map(FacePictures::frame)
                .limit(60)
                .toList();
        // Photographs of heads turned beyond 40° are rare: the bound at the gate is drawn nearer, the way is the same.
        QualityProfile gate = QualityProfile.GATE.toBuilder()
                .limit(QualityMeasure.HEAD_POSE_YAW, QualityLimit.raw(-12, 12))
                .build();
        int turned = 0;
        try (FaceAnalyser analyser = FaceAnalyser.insecureWithoutLiveness(
                ModelPack.loadDefault(), FaceOptions.GATE.withProfile(gate).withDominance(1))) {
            for (Frame frame : frames) {
                Face atTheGate = first(analyser, frame, gate);
                List<String> refusals =
                        atTheGate.refusals().stream().map(Reason::code).toList();
                if (refusals.stream().anyMatch(POSES::contains) && POSES.containsAll(refusals)) {
                    turned++;
                    Face inAChallenge = first(analyser, frame, QualityProfile.CHALLENGE);
                    assertThat(inAChallenge.refusals()).isEmpty();
                    assertThat(inAChallenge.template()).isPresent();
                    assertThat(inAChallenge.landmarks()).isEqualTo(atTheGate.landmarks());
                }
            }
        }
        System.out.println(turned + " of " + frames.size() + " heads turned beyond 12°, all taken in a challenge");
        assertThat(turned).isGreaterThanOrEqualTo(8);
    }

    private static Face first(FaceAnalyser analyser, Frame frame, QualityProfile profile) {
        return analyser.analyseNearest(frame, profile).fold(Analysed::first, none -> {
            throw new AssertionError(none.reason().toString());
        });
    }
}
