package io.gatehouse.biometrics.face.quality;

import static io.gatehouse.biometrics.face.quality.QualityMeasure.BACKGROUND_UNIFORMITY;
import static io.gatehouse.biometrics.face.quality.QualityMeasure.COMPRESSION;
import static io.gatehouse.biometrics.face.quality.QualityMeasure.SINGLE_FACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.core.frame.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;

class FaceSurroundingsTest {
    private static final int SIDE = 480;
    private static final FaceLandmarks FACE = DrawnFace.landmarks(SIDE / 2.0, 220, 70);
    private static final long SEED = 5;

    @Test
    void fallsWithTheSizeOfAnotherFace() {
        assertThat(single(List.of())).isEqualTo(100);
        // Boxes of 140×140; half the side is half of the root of the areas.
        assertThat(single(List.of(new FaceBox(0, 0, 70, 70, 1), new FaceBox(0, 0, 14, 14, 1))))
                .isEqualTo(50);
        assertThat(single(List.of(new FaceBox(0, 0, 140, 140, 1)))).isZero();
        assertThat(single(List.of(new FaceBox(0, 0, 280, 280, 1)))).isZero();
    }

    private static int single(List<FaceBox> others) {
        Frame grey = DrawnFace.picture(SIDE, (x, y) -> DrawnFace.grey(120));
        return DrawnFace.quality(grey, FACE, EnumSet.of(SINGLE_FACE), others)
                .component(SINGLE_FACE)
                .orElseThrow();
    }

    @Test
    void fallsAsTheBackgroundGetsRestless() {
        System.out.println("seed " + SEED);
        int[] noise = new Random(SEED).ints(SIDE * SIDE, -100, 101).toArray();
        double last = -1;
        for (double part : new double[] {0, 0.2, 0.5, 1}) {
            Frame picture = DrawnFace.picture(SIDE, (x, y) -> DrawnFace.grey(150 + part * noise[y * SIDE + x]));
            FaceQuality quality = DrawnFace.quality(picture, FACE, EnumSet.of(BACKGROUND_UNIFORMITY), List.of());
            double raw = quality.raw(BACKGROUND_UNIFORMITY).orElseThrow();
            assertThat(raw).isGreaterThan(last);
            last = raw;
        }
        Frame faceOnly = DrawnFace.picture(
                SIDE,
                (x, y) -> Math.hypot(x - SIDE / 2.0, y - 240) < 80 ? DrawnFace.grey(150 + noise[y * SIDE + x]) : 0);
        FaceQuality quality = DrawnFace.quality(faceOnly, FACE, EnumSet.of(BACKGROUND_UNIFORMITY), List.of());
        assertThat(quality.raw(BACKGROUND_UNIFORMITY)).hasValue(0);
        // 190 × (1 − 1 / (1 + e^0.1))
        assertThat(quality.component(BACKGROUND_UNIFORMITY)).hasValue(100);
    }

    @Test
    void isTheGradientOfARampOfLight() {
        // Two steps of luminance a pixel: Sobel sums that to 8 × 2. Faces are scaled to 68 pixels between the eyes.
        FaceLandmarks face = DrawnFace.landmarks(200, 180, 68);
        Frame ramp = DrawnFace.picture(400, (x, y) -> DrawnFace.grey(encoded((x % 400) * 255 / 400.0)));
        double raw = DrawnFace.quality(ramp, face, EnumSet.of(BACKGROUND_UNIFORMITY), List.of())
                .raw(BACKGROUND_UNIFORMITY)
                .orElseThrow();
        assertThat(raw).isCloseTo(8 * 255 / 400.0, within(0.5));
    }

    private static double encoded(double luminance) {
        double light = luminance / 255;
        return 255 * (light > 0.0031308 ? 1.055 * Math.pow(light, 1 / 2.4) - 0.055 : 12.92 * light);
    }

    @Test
    void saysThatAClosePortraitHasNoBackground() {
        Frame picture = DrawnFace.picture(150, (x, y) -> DrawnFace.grey(100));
        FaceQuality quality = DrawnFace.quality(picture, DrawnFace.landmarks(75, 70, 70));
        assertThat(quality.result(BACKGROUND_UNIFORMITY)).isInstanceOf(NotAssessed.class);
    }

    @Test
    void fallsWithTheQualityOfAJpeg() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        double[] waves = random.doubles(8, 0.02, 0.2).toArray();
        int[] noise = random.ints(SIDE * SIDE, -12, 13).toArray();
        Frame original = DrawnFace.picture(
                SIDE,
                (x, y) -> DrawnFace.grey(128
                        + 30 * Math.sin(waves[0] * x + waves[1] * y)
                        + 30 * Math.sin(waves[2] * x - waves[3] * y)
                        + noise[y * SIDE + x]));
        double last = compression(original);
        assertThat(last).isLessThan(1.15);
        for (float jpegQuality : new float[] {0.4f, 0.15f, 0.03f}) {
            double raw = compression(asJpeg(original, jpegQuality));
            System.out.println("JPEG quality " + jpegQuality + ": " + raw);
            assertThat(raw).as("quality %s", jpegQuality).isGreaterThan(last);
            last = raw;
        }
        assertThat(last).isGreaterThan(1.7);
    }

    private static double compression(Frame frame) {
        return DrawnFace.quality(frame, FACE, EnumSet.of(COMPRESSION), List.of())
                .raw(COMPRESSION)
                .orElseThrow();
    }

    private static Frame asJpeg(Frame frame, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(frame.toImage(), null, null), how);
        } finally {
            writer.dispose();
        }
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        return Frame.of(image, Instant.EPOCH, frame.source());
    }
}
