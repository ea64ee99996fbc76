package io.gatehouse.benchmarks;

import io.gatehouse.biometrics.face.FaceAnalyser;
import io.gatehouse.biometrics.face.FaceAnalysis;
import io.gatehouse.biometrics.face.FaceOptions;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.core.frame.Frame;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * How much longer a frame of 12 megapixels takes than the same picture as one of 1 megapixel, where faces of the same part of
 * the frame are looked for; one after the other in each round: {@code java -cp target/benchmarks.jar
 * io.gatehouse.benchmarks.FrameSizes PICTURE [ROUNDS]}.
 */
public final class FrameSizes {
    private static final int WARM_UP = 10;
    private static final int SMALL_WIDTH = 1_155;
    private static final int SMALL_HEIGHT = 866;
    private static final int LARGE_WIDTH = 4_000;
    private static final int LARGE_HEIGHT = 3_000;
    private static final int SMALL_FACE = 64;
    private static final int LARGE_FACE = SMALL_FACE * LARGE_WIDTH / SMALL_WIDTH;

    private FrameSizes() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        BufferedImage picture = ImageIO.read(new File(arguments[0]));
        Frame small = scaled(picture, SMALL_WIDTH, SMALL_HEIGHT);
        Frame large = scaled(picture, LARGE_WIDTH, LARGE_HEIGHT);
        double[] smallMillis = new double[rounds];
        double[] largeMillis = new double[rounds];
        try (FaceAnalyser ofSmall = open(SMALL_FACE);
                FaceAnalyser ofLarge = open(LARGE_FACE)) {
            for (int round = -WARM_UP; round < rounds; round++) {
                double one = millis(ofSmall, small);
                double other = millis(ofLarge, large);
                if (round >= 0) {
                    smallMillis[round] = one;
                    largeMillis[round] = other;
                }
            }
            System.out.println("faces: " + faces(ofSmall, small) + " and " + faces(ofLarge, large));
        }
        Arrays.sort(smallMillis);
        Arrays.sort(largeMillis);
        System.out.printf(
                Locale.ROOT,
                "1 MP least %.1f ms, median %.1f; 12 MP least %.1f, median %.1f: %.2f times by the least, %.2f by the"
                        + " median%n",
                smallMillis[0],
                smallMillis[rounds / 2],
                largeMillis[0],
                largeMillis[rounds / 2],
                largeMillis[0] / smallMillis[0],
                largeMillis[rounds / 2] / smallMillis[rounds / 2]);
    }

    private static FaceAnalyser open(int minFacePixels) {
        return FaceAnalyser.open(
                ModelPack.loadDefault(), ModelPack.loadLiveness(), FaceOptions.GATE.withMinFacePixels(minFacePixels));
    }

    private static double millis(FaceAnalyser analyser, Frame frame) {
        long begin = System.nanoTime();
        analyser.analyse(frame);
        return (System.nanoTime() - begin) / 1e6;
    }

    private static int faces(FaceAnalyser analyser, Frame frame) {
        FaceAnalysis analysis = analyser.analyse(frame);
        return analysis.fold(analysed -> analysed.faces().size(), none -> 0);
    }

    private static Frame scaled(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return Frame.of(scaled, Instant.EPOCH, width + "x" + height);
    }
}
