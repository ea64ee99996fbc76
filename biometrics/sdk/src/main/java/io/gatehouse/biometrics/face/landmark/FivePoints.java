package io.gatehouse.biometrics.face.landmark;

import java.util.Arrays;

/**
 * The five points that embedders of ArcFace style are aligned by: the middles of the eyes, the tip of the nose, the
 * corners of the mouth; of each two the left one in the picture first. In pixels of the picture. From the 68 landmarks,
 * or from a detector of one's own that finds such points. Immutable and thread-safe; the array is copied in and out.
 *
 * @param points x and y interleaved, 10 numbers
 */
public record FivePoints(float[] points) {
    private static final int NUMBERS = 10;

    // Of an eye the four points of the lids, not the corners, which lie on a lower line.
    private static final int[][] LANDMARKS = {{37, 38, 40, 41}, {43, 44, 46, 47}, {30}, {48, 60}, {54, 64}};

    public FivePoints {
        if (points.length != NUMBERS) {
            throw new IllegalArgumentException("five points are " + NUMBERS + " numbers, not " + points.length);
        }
        points = points.clone();
        for (float value : points) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a point of a face is at " + value);
            }
        }
    }

    public static FivePoints of(FaceLandmarks landmarks) {
        float[] points = new float[NUMBERS];
        for (int i = 0; i < LANDMARKS.length; i++) {
            double x = 0;
            double y = 0;
            for (int landmark : LANDMARKS[i]) {
                x += landmarks.x(landmark);
                y += landmarks.y(landmark);
            }
            points[2 * i] = (float) (x / LANDMARKS[i].length);
            points[2 * i + 1] = (float) (y / LANDMARKS[i].length);
        }
        return new FivePoints(points);
    }

    @Override
    public float[] points() {
        return points.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FivePoints five && Arrays.equals(points, five.points);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(points);
    }

    @Override
    public String toString() {
        return "FivePoints[5 points]";
    }
}
