package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Quality of real photographs, whole and spoilt. */
class FaceQualityTest {
    private static final Path ABEL = Path.of("Abel_Pacheco", "Abel_Pacheco_0001.jpg");

    @Test
    void saysWhatIsWrongWithASpoiltPicture() {
        Frame frame = FacePictures.frame(FacePictures.folder("lfw").resolve(ABEL));
        try (FaceAnalyser analyser = analyser(QualityProfile.NONE.toBuilder()
                .assess(QualityProfile.ENROLMENT.measures())
                .build())) {
            assertThat(refusals(analyser, frame)).isEmpty();
            assertThat(refusals(analyser, Spoilt.blurred(frame, 9))).contains("face.quality.blurred");
            assertThat(refusals(analyser, Spoilt.brightened(frame, 0.15, 0))).contains("face.quality.dark");
            assertThat(refusals(analyser, Spoilt.brightened(frame, 1.5, 120))).contains("face.quality.bright");
            assertThat(refusals(analyser, Spoilt.shrunk(frame, 0.4)).get(0)).isEqualTo("face.quality.too-small");
            assertThat(refusals(analyser, Spoilt.turned(frame, 45))).contains("face.quality.tilted");
        }
    }

    @Test
    void followsTheSpoilingInSteps() {
        Frame frame = FacePictures.frame(FacePictures.folder("lfw").resolve(ABEL));
        try (FaceAnalyser analyser = analyser(QualityProfile.NONE)) {
            int sharp = 101;
            for (int width : new int[] {1, 3, 5, 9}) {
                FaceQuality quality =
                        face(analyser, Spoilt.blurred(frame, width)).quality();
                int component = quality.component(QualityMeasure.SHARPNESS).orElseThrow();
                assertThat(component).as("blur over %d pixels", width).isLessThan(sharp);
                sharp = component;
            }
            double eyes = 1e9;
            for (double scale : new double[] {1, 0.7, 0.4}) {
                double pixels = face(analyser, Spoilt.shrunk(frame, scale))
                        .quality()
                        .raw(QualityMeasure.INTER_EYE_DISTANCE)
                        .orElseThrow();
                assertThat(pixels).isLessThan(eyes);
                eyes = pixels;
            }
            assertThat(face(analyser, frame).quality().result(QualityMeasure.HEAD_POSE_ROLL))
                    .as("not asked for")
                    .isInstanceOf(QualityResult.NotAssessed.class);
        }
    }

    @Test
    void enrolsFrontalFaces() {
        List<Path> pictures = FacePictures.people(FacePictures.folder("johns")).values().stream()
                .flatMap(List::stream)
                .toList();
        Map<String, Integer> refused = new TreeMap<>();
        Map<QualityMeasure, Integer> assessed = new EnumMap<>(QualityMeasure.class);
        int passed = 0;
        try (FaceAnalyser analyser = analyser(QualityProfile.NONE.toBuilder()
                .assess(QualityProfile.ENROLMENT.measures())
                .build())) {
            for (Path picture : pictures) {
                FaceQuality quality =
                        face(analyser, FacePictures.frame(picture)).quality();
                List<Reason> reasons = QualityProfile.ENROLMENT.refusals(quality);
                passed += reasons.isEmpty() ? 1 : 0;
                reasons.forEach(reason -> refused.merge(reason.code(), 1, Integer::sum));
                assertThat(QualityProfile.GATE.refusals(quality))
                        .as("%s", picture)
                        .isEmpty();
                for (QualityMeasure measure : QualityMeasure.values()) {
                    if (quality.component(measure).isPresent()) {
                        assessed.merge(measure, 1, Integer::sum);
                    } else if (measure != QualityMeasure.BACKGROUND_UNIFORMITY) {
                        assertThat(measure.assessable())
                                .as("%s of %s", measure, picture)
                                .isFalse();
                    }
                }
            }
        }
        System.out.println("johns: " + passed + " of " + pictures.size() + " pass enrolment, refused " + refused);
        assertThat(passed).isGreaterThanOrEqualTo(pictures.size() * 97 / 100);
        assertThat(assessed).hasSizeGreaterThanOrEqualTo(21);
    }

    private static FaceAnalyser analyser(QualityProfile profile) {
        return FaceAnalyser.insecureWithoutLiveness(
                ModelPack.loadDefault(), FaceOptions.GATE.withMinFacePixels(24).withProfile(profile));
    }

    private static List<String> refusals(FaceAnalyser analyser, Frame frame) {
        return QualityProfile.ENROLMENT.refusals(face(analyser, frame).quality()).stream()
                .map(Reason::code)
                .toList();
    }

    private static Face face(FaceAnalyser analyser, Frame frame) {
        return analyser.analyse(frame).fold(Analysed::first, none -> {
            throw new AssertionError(none.reason().toString());
        });
    }
}
