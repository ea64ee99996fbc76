package io.gatehouse.biometrics.face.landmark;

import java.util.Arrays;
import java.util.Optional;

/**
 * The 68 landmarks of a face in the order of the iBUG 300-W scheme, in pixels of the picture. Immutable and
 * thread-safe; the array is copied in and out.
 *
 * @param points x and y interleaved, 136 numbers
 */
public record FaceLandmarks(float[] points) {
    /** How many points there are. */
    public static final int COUNT = 68;

    public FaceLandmarks {
        if (points.length != 2 * COUNT) {
            throw new IllegalArgumentException(
                    COUNT + " landmarks are " + 2 * COUNT + " numbers, not " + points.length);
        }
        points = points.clone();
        for (float value : points) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a landmark is at " + value);
            }
        }
    }

    @Override
    public float[] points() {
        return points.clone();
    }

    public double x(int point) {
        return points[2 * point];
    }

    public double y(int point) {
        return points[2 * point + 1];
    }

    /** The distance between the centres of the eyes, in pixels (inter-eye distance of ISO/IEC 29794-5). */
    public double interEyePixels() {
        return Math.hypot(eyeX(1) - eyeX(0), eyeY(1) - eyeY(0));
    }

    /** How the head is turned; empty if the points lie in one spot or on one line. Worked out at each call. */
    public Optional<HeadPose> headPose() {
        return HeadPose.of(this);
    }

    private double eyeX(int eye) {
        return eyeCentre(eye, 0);
    }

    private double eyeY(int eye) {
        return eyeCentre(eye, 1);
    }

    /** How the line of the eyes lies in the picture, in degrees, −180 to 180: clockwise is positive. */
    public double eyeLineDegrees() {
        return Math.toDegrees(Math.atan2(eyeCentre(1, 1) - eyeCentre(0, 1), eyeCentre(1, 0) - eyeCentre(0, 0)));
    }

    /** The mean of the six points around an eye; 0 is the left one in the picture. */
    private double eyeCentre(int eye, int axis) {
        int first = eye == 0 ? 36 : 42;
        double sum = 0;
        for (int point = first; point < first + 6; point++) {
            sum += points[2 * point + axis];
        }
        return sum / 6;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FaceLandmarks landmarks && Arrays.equals(points, landmarks.points);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(points);
    }

    @Override
    public String toString() {
        return "FaceLandmarks[68 points]";
    }
}
