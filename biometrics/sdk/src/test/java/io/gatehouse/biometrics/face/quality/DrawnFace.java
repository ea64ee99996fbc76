package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Landmarks by hand, and pictures whose every pixel is known; picture and chip are one. */
final class DrawnFace {
    static final Similarity SAME = new Similarity(1, 0, 0, 0);

    private DrawnFace() {}

    /** Eyes so far apart around a point, level; the chin 1.2 of that below, the mouth 1.0. */
    static FaceLandmarks landmarks(double middleX, double eyesY, double eyes) {
        float[] points = new float[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < 17; i++) {
            double angle = Math.PI * (1 - i / 16.0);
            put(points, i, middleX + 1.1 * eyes * Math.cos(angle), eyesY + 1.2 * eyes * Math.sin(angle));
        }
        for (int i = 0; i < 10; i++) {
            put(points, 17 + i, middleX + (i - 4.5) / 4.5 * 0.9 * eyes, eyesY - 0.3 * eyes);
        }
        for (int i = 0; i < 4; i++) {
            put(points, 27 + i, middleX, eyesY + 0.15 * i * eyes);
        }
        for (int i = 0; i < 5; i++) {
            put(points, 31 + i, middleX + (i - 2) * 0.1 * eyes, eyesY + 0.6 * eyes);
        }
        eye(points, 36, middleX - eyes / 2, eyesY, eyes);
        eye(points, 42, middleX + eyes / 2, eyesY, eyes);
        for (int i = 0; i < 12; i++) {
            double angle = Math.PI * (1 - i / 6.0);
            put(points, 48 + i, middleX + 0.35 * eyes * Math.cos(angle), eyesY + eyes - 0.12 * eyes * Math.sin(angle));
        }
        for (int i = 0; i < 8; i++) {
            double angle = Math.PI * (1 - i / 4.0);
            put(points, 60 + i, middleX + 0.25 * eyes * Math.cos(angle), eyesY + eyes);
        }
        return new FaceLandmarks(points);
    }

    private static void eye(float[] points, int first, double x, double y, double eyes) {
        double[] across = {-0.2, -0.07, 0.07, 0.2, 0.07, -0.07};
        double[] down = {0, -0.06, -0.06, 0, 0.06, 0.06};
        for (int i = 0; i < 6; i++) {
            put(points, first + i, x + across[i] * eyes, y + down[i] * eyes);
        }
    }

    static void put(float[] points, int point, double x, double y) {
        points[2 * point] = (float) x;
        points[2 * point + 1] = (float) y;
    }

    /** The face of {@link #landmarks} in the middle of a square picture, with a quarter of its side between the eyes. */
    static FaceLandmarks landmarksIn(int side) {
        return landmarks(side / 2.0, side * 0.4, side / 4.0);
    }

    static FaceBox box(FaceLandmarks landmarks) {
        double eyes = landmarks.interEyePixels();
        double x = (landmarks.x(36) + landmarks.x(45)) / 2 - eyes;
        return new FaceBox(x, landmarks.y(36) - 0.7 * eyes, 2 * eyes, 2 * eyes, 1);
    }

    /** A square picture; the colour of each pixel from column and row as 0xRRGGBB. */
    static Frame picture(int side, Colour colour) {
        byte[] bgr = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int rgb = colour.at(x, y);
                int at = 3 * (y * side + x);
                bgr[at] = (byte) rgb;
                bgr[at + 1] = (byte) (rgb >> 8);
                bgr[at + 2] = (byte) (rgb >> 16);
            }
        }
        return Frame.ofBgr(side, side, bgr, Instant.EPOCH, "drawn");
    }

    static int grey(double value) {
        int level = (int) Math.max(0, Math.min(255, Math.round(value)));
        return level << 16 | level << 8 | level;
    }

    static FaceQuality quality(Frame picture, FaceLandmarks landmarks) {
        return quality(picture, landmarks, EnumSet.allOf(QualityMeasure.class), List.of());
    }

    static FaceQuality quality(
            Frame picture, FaceLandmarks landmarks, Set<QualityMeasure> measures, List<FaceBox> others) {
        return of(
                picture,
                landmarks,
                others,
                sample -> FaceQualityAssessor.create().assess(sample, measures));
    }

    static <T> T of(Frame frame, FaceLandmarks landmarks, List<FaceBox> others, Function<FaceSample, T> use) {
        try (Picture picture = Picture.of(frame)) {
            return use.apply(new FaceSample(picture, box(landmarks), others, landmarks, frame, SAME));
        }
    }

    /** A pixel's colour. */
    @FunctionalInterface
    interface Colour {
        int at(int x, int y);
    }
}
