package io.gatehouse.biometrics.face.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.core.frame.Frame;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaceLightTest {
    private static final int SIDE = 150;
    private static final int SKIN = 0xC8967A;
    private static final long SEED = 3;

    @Test
    void knowsOneGrey() {
        FaceLight light = light((x, y) -> DrawnFace.grey(188));
        // sRGB 188 is half of the light, 127.5 of 255.
        assertThat(assessed(light.luminanceMean()).raw()).isCloseTo(0.5, within(0.005));
        assertThat(assessed(light.luminanceVariance()).raw()).isCloseTo(0, within(1e-6));
        assertThat(assessed(light.dynamicRange()).raw()).isZero();
        assertThat(assessed(light.sharpness()).component()).isZero();
        assertThat(assessed(light.underExposure()).component()).isEqualTo(100);
        assertThat(assessed(light.overExposure()).component()).isEqualTo(100);
        assertThat(assessed(light.illuminationUniformity()).component()).isEqualTo(100);
    }

    @Test
    void knowsTwoGreys() {
        FaceLight light = light((x, y) -> DrawnFace.grey((x + y) % 2 == 0 ? 0 : 255));
        assertThat(assessed(light.luminanceMean()).raw()).isCloseTo(0.5, within(0.01));
        assertThat(assessed(light.luminanceVariance()).raw()).isCloseTo(0.25, within(0.001));
        assertThat(assessed(light.dynamicRange()).raw()).isCloseTo(1, within(0.001));
        assertThat(assessed(light.underExposure()).raw()).isCloseTo(0.5, within(0.01));
        assertThat(assessed(light.overExposure()).raw()).isCloseTo(0.5, within(0.01));
        // 1 / (0.5 + 0.01)
        assertThat(assessed(light.overExposure()).component()).isEqualTo(2);
    }

    @Test
    void countsThePixelsInsideTheHullOnly() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            FaceLandmarks landmarks = DrawnFace.landmarks(
                    60 + 30 * random.nextDouble(), 50 + 20 * random.nextDouble(), 25 + 25 * random.nextDouble());
            int[] colours = random.ints(SIDE * SIDE, 0, 1 << 24).toArray();
            Frame picture = DrawnFace.picture(SIDE, (x, y) -> colours[y * SIDE + x]);
            FaceLight light = new FaceLight(landmarks, picture, DrawnFace.SAME);
            double[] plain = plainExposure(landmarks, colours);
            // The ways differ by what lies exactly on the border.
            assertThat(assessed(light.luminanceMean()).raw()).isCloseTo(plain[0], within(0.005));
            assertThat(assessed(light.underExposure()).raw()).isCloseTo(plain[1], within(0.01));
        }
    }

    /** Mean luminance and share of the dark, in floating point, over the pixels inside the outline of jaw and eyebrows. */
    private static double[] plainExposure(FaceLandmarks landmarks, int[] colours) {
        Path2D outline = new Path2D.Double();
        outline.moveTo(landmarks.x(0), landmarks.y(0));
        for (int i = 1; i < 17; i++) {
            outline.lineTo(landmarks.x(i), landmarks.y(i));
        }
        outline.lineTo(landmarks.x(26), landmarks.y(26));
        outline.lineTo(landmarks.x(17), landmarks.y(17));
        outline.closePath();
        double sum = 0;
        int dark = 0;
        int count = 0;
        for (int y = 1; y < SIDE - 1; y++) {
            for (int x = 1; x < SIDE - 1; x++) {
                if (outline.contains(x, y)) {
                    int rgb = colours[y * SIDE + x];
                    double luminance = 0.2126 * Brightness.linear((rgb >> 16) / 255.0)
                            + 0.7152 * Brightness.linear((rgb >> 8 & 0xFF) / 255.0)
                            + 0.0722 * Brightness.linear((rgb & 0xFF) / 255.0);
                    sum += luminance;
                    dark += luminance * 255 < 25.5 ? 1 : 0;
                    count++;
                }
            }
        }
        return new double[] {sum / count, (double) dark / count};
    }

    @Test
    void fallsWithDarknessAndGlare() {
        Random random = new Random(SEED);
        int[] noise = random.ints(SIDE * SIDE, -20, 21).toArray();
        int under = 101;
        for (double level : new double[] {120, 88, 80, 60}) {
            int component = assessed(light((x, y) -> DrawnFace.grey(level + noise[y * SIDE + x]))
                            .underExposure())
                    .component();
            assertThat(component).isLessThanOrEqualTo(under);
            under = component;
        }
        assertThat(under).isLessThan(20);
        int over = 101;
        for (double level : new double[] {150, 235, 245, 280}) {
            int component = assessed(light((x, y) -> DrawnFace.grey(level + noise[y * SIDE + x]))
                            .overExposure())
                    .component();
            assertThat(component).isLessThanOrEqualTo(over);
            over = component;
        }
        assertThat(over).isLessThan(3);
    }

    @Test
    void fallsAsLightComesFromOneSide() {
        double last = 1.1;
        for (double slope : new double[] {0, 0.1, 0.2, 0.5, 1.5}) {
            double raw = assessed(light((x, y) -> DrawnFace.grey(150 + slope * (x - SIDE / 2.0)))
                            .illuminationUniformity())
                    .raw();
            assertThat(raw).as("slope %s", slope).isLessThanOrEqualTo(last);
            last = raw;
        }
        assertThat(last).isZero();
    }

    @Test
    void fallsWithBlur() {
        Random random = new Random(SEED);
        int[] noise = random.ints(SIDE * SIDE, 0, 256).toArray();
        // Weak noise: strong noise stays above the best of the scale when it is blurred once.
        Frame sharp = DrawnFace.picture(SIDE, (x, y) -> DrawnFace.grey(110 + noise[y * SIDE + x] / 16.0));
        int last = 101;
        for (int width : new int[] {1, 3, 5}) {
            FaceLight light = new FaceLight(DrawnFace.landmarksIn(SIDE), blurred(sharp, width), DrawnFace.SAME);
            int component = assessed(light.sharpness()).component();
            assertThat(component).as("blur over %d pixels", width).isLessThan(last);
            last = component;
        }
    }

    @Test
    void knowsColoursOfTheLabSpace() {
        // sRGB red, green and white under D50, as B. Lindbloom's calculator has them (brucelindbloom.com).
        assertThat(CieLab.ab(1, 0, 0)).containsExactly(new double[] {80.8, 69.9}, within(0.3));
        assertThat(CieLab.ab(0, 1, 0)).containsExactly(new double[] {-79.3, 80.99}, within(0.3));
        assertThat(CieLab.ab(1, 1, 1)).containsExactly(new double[] {0, 0}, within(0.05));
    }

    @Test
    void fallsWithACastOfColour() {
        assertThat(assessed(light((x, y) -> SKIN).naturalColour()).component()).isEqualTo(100);
        double last = -1;
        for (int more : new int[] {0, 40, 80, 120}) {
            int rgb = Math.min(255, 0xC8 + more) << 16 | (0x96 - more) << 8 | Math.max(0, 0x7A - more);
            double raw = assessed(light((x, y) -> rgb).naturalColour()).raw();
            assertThat(raw).isGreaterThanOrEqualTo(last);
            last = raw;
        }
        assertThat(assessed(light((x, y) -> 0x5070FF).naturalColour()).component())
                .isZero();
    }

    @Test
    void saysThatAChipWithoutTheFaceShowsNothing() {
        Frame picture = DrawnFace.picture(SIDE, (x, y) -> SKIN);
        FaceQuality away = DrawnFace.quality(picture, DrawnFace.landmarks(-400, -400, 40));
        assertThat(away.result(QualityMeasure.SHARPNESS)).isInstanceOf(NotAssessed.class);
        assertThat(away.result(QualityMeasure.NATURAL_COLOUR)).isInstanceOf(NotAssessed.class);
        FaceQuality spot = DrawnFace.quality(picture, DrawnFace.landmarksIn(SIDE), Set.of(), List.of());
        assertThat(spot.results().keySet()).isEqualTo(FaceQuality.UNIFIED);
    }

    @Test
    void answersAnyLandmarks() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        Frame picture = DrawnFace.picture(SIDE, (x, y) -> DrawnFace.grey(x));
        for (int round = 0; round < 300; round++) {
            float[] points = new float[2 * FaceLandmarks.COUNT];
            float size = (float) Math.pow(10, 8 * random.nextDouble() - 2);
            for (int i = 0; i < points.length; i++) {
                points[i] = SIDE / 2f + size * (random.nextFloat() - 0.5f);
            }
            FaceQuality quality = DrawnFace.quality(picture, new FaceLandmarks(points));
            assertThat(quality.results()).hasSize(QualityMeasure.values().length);
            assertThat(quality.unified()).isBetween(0, 100);
        }
    }

    private static FaceLight light(DrawnFace.Colour colour) {
        return new FaceLight(DrawnFace.landmarksIn(SIDE), DrawnFace.picture(SIDE, colour), DrawnFace.SAME);
    }

    private static Assessed assessed(QualityResult result) {
        return (Assessed) result;
    }

    private static Frame blurred(Frame chip, int width) {
        float[] weights = new float[width * width];
        Arrays.fill(weights, 1f / weights.length);
        BufferedImage blurred = new ConvolveOp(new Kernel(width, width, weights), ConvolveOp.EDGE_NO_OP, null)
                .filter(chip.toImage(), null);
        return Frame.of(blurred, Instant.EPOCH, chip.source());
    }
}
