package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.biometrics.FacePictures;
import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.align.FaceAligner;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FaceQualityTest {
    private final FaceQualityAssessor assessor = FaceQualityAssessor.create();

    @Test
    void fallsWithBlur() {
        Sample sample = sample();
        int last = 101;
        for (int width : new int[] {1, 3, 5, 9, 15}) {
            int sharpness = assess(sample, blurred(sample.chip, width)).sharpness();
            assertThat(sharpness).as("blur over %d pixels", width).isLessThan(last);
            last = sharpness;
        }
        assertThat(codes(assess(sample, blurred(sample.chip, 15)))).contains("face.quality.blurred");
    }

    @Test
    void fallsWithDarknessAndGlare() {
        Sample sample = sample();
        int dark = 101;
        int bright = 101;
        for (double part : new double[] {0.5, 0.7, 0.9}) {
            FaceQuality darker = assess(sample, mapped(sample.chip, value -> value * (1 - part)));
            FaceQuality brighter = assess(sample, mapped(sample.chip, value -> value + 255 * part));
            assertThat(darker.underExposure()).isLessThanOrEqualTo(dark);
            assertThat(brighter.overExposure()).isLessThanOrEqualTo(bright);
            dark = darker.underExposure();
            bright = brighter.overExposure();
        }
        assertThat(codes(assess(sample, mapped(sample.chip, value -> value * 0.05))))
                .contains("face.quality.dark");
        assertThat(codes(assess(sample, mapped(sample.chip, value -> value + 230))))
                .contains("face.quality.bright");
        assertThat(codes(assess(sample, mapped(sample.chip, value -> 120)))).contains("face.quality.flat");
    }

    @Test
    void risesWithTheDistanceBetweenTheEyes() {
        Sample sample = sample();
        int last = -1;
        for (double scale : new double[] {0.4, 0.8, 1.2, 2}) {
            FaceQuality quality = assessor.assess(scaled(sample.landmarks, scale), sample.chip);
            assertThat(quality.interEyeDistance()).isGreaterThan(last);
            last = quality.interEyeDistance();
        }
        FaceQuality far = assessor.assess(scaled(sample.landmarks, 0.3), sample.chip);
        assertThat(codes(far).get(0)).isEqualTo("face.quality.too-small");
        assertThat(QualityProfile.GATE.refusals(far).get(0).text()).contains("come closer");
    }

    @Test
    void refusesATiltedHeadAndATurnedOne() {
        Sample sample = sample();
        FaceQuality tilted = assessor.assess(rotated(sample.landmarks, 40), sample.chip);
        assertThat(codes(tilted)).contains("face.quality.tilted");
        float[] turned = sample.landmarks.points();
        for (int point = 27; point < 36; point++) {
            turned[2 * point] += (float) sample.landmarks.interEyePixels() * 0.6f;
        }
        assertThat(codes(assessor.assess(new FaceLandmarks(turned), sample.chip)))
                .contains("face.quality.turned");
    }

    @Test
    void refusesNothingOfAGoodSample() {
        assertThat(codes(assess(sample(), sample().chip))).isEmpty();
    }

    private static List<String> codes(FaceQuality quality) {
        return QualityProfile.GATE.refusals(quality).stream().map(Reason::code).toList();
    }

    private FaceQuality assess(Sample sample, Frame chip) {
        return assessor.assess(sample.landmarks, chip);
    }

    private static Sample sample() {
        Frame frame = FacePictures.frame(
                FacePictures.folder("lfw").resolve("Abel_Pacheco").resolve("Abel_Pacheco_0001.jpg"));
        ModelPack pack = ModelPack.loadDefault();
        try (FaceAnalyser analyser = FacePictures.measuringAnalyser()) {
            FaceLandmarks landmarks = analyser.analyse(frame)
                    .fold(Analysed::first, none -> {
                        throw new AssertionError(none.reason().toString());
                    })
                    .landmarks();
            return new Sample(landmarks, FaceAligner.of(pack.requireEmbedder()).align(frame, landmarks));
        }
    }

    private static Frame blurred(Frame chip, int width) {
        float[] weights = new float[width * width];
        Arrays.fill(weights, 1f / weights.length);
        BufferedImage blurred = new ConvolveOp(new Kernel(width, width, weights), ConvolveOp.EDGE_NO_OP, null)
                .filter(chip.toImage(), null);
        return Frame.of(blurred, chip.capturedAt(), chip.source());
    }

    private static Frame mapped(Frame chip, DoubleUnaryOperator map) {
        byte[] pixels = chip.toBgr();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(map.applyAsDouble(pixels[i] & 0xFF))));
        }
        return Frame.ofBgr(chip.width(), chip.height(), pixels, chip.capturedAt(), chip.source());
    }

    private static FaceLandmarks scaled(FaceLandmarks landmarks, double scale) {
        float[] points = landmarks.points();
        for (int i = 0; i < points.length; i++) {
            points[i] *= (float) scale;
        }
        return new FaceLandmarks(points);
    }

    private static FaceLandmarks rotated(FaceLandmarks landmarks, double degrees) {
        double cosine = Math.cos(Math.toRadians(degrees));
        double sine = Math.sin(Math.toRadians(degrees));
        float[] points = new float[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < FaceLandmarks.COUNT; i++) {
            points[2 * i] = (float) (landmarks.x(i) * cosine - landmarks.y(i) * sine);
            points[2 * i + 1] = (float) (landmarks.x(i) * sine + landmarks.y(i) * cosine);
        }
        return new FaceLandmarks(points);
    }

    private record Sample(FaceLandmarks landmarks, Frame chip) {}
}
