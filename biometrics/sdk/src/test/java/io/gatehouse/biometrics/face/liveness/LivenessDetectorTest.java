package io.gatehouse.biometrics.face.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LivenessDetectorTest {
    @Test
    @DisplayName("ATT-14 REG-7 Two attacks are seen as such and give no template; a live face passes")
    void tellsTheSamplesApart() {
        FaceOptions options = FaceOptions.GATE.withProfile(QualityProfile.NONE);
        try (FaceAnalyser analyser = FaceAnalyser.open(ModelPack.loadDefault(), ModelPack.loadLiveness(), options)) {
            for (String name : new String[] {"image_F1.jpg", "image_F2.jpg", "image_T1.jpg"}) {
                Face face = analyser.analyseNearest(
                                FacePictures.frame(FacePictures.folder("spoof").resolve(name)))
                        .fold(Analysed::first, none -> {
                            throw new AssertionError(name + ": " + none.reason());
                        });
                System.out.printf(
                        Locale.ROOT,
                        "%s: %s, at the gate %s%n",
                        name,
                        face.liveness(),
                        QualityProfile.GATE.refusals(face.quality()));
                if (name.contains("_F")) {
                    assertThat(face.liveness()).as(name).isInstanceOf(Liveness.Attack.class);
                    assertThat(face.template()).as(name).isEmpty();
                    assertThat(face.refusals().get(0).code()).isEqualTo("face.attack");
                } else {
                    assertThat(face.liveness()).as(name).isInstanceOf(Liveness.Live.class);
                    assertThat(face.template()).as(name).isPresent();
                }
            }
        }
    }
}
