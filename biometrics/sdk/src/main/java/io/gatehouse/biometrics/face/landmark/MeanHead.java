package io.gatehouse.biometrics.face.landmark;

/**
 * A generic head: where those of the 68 landmarks that move least with the expression are in space. Across and up are
 * dlib's mean face (average landmark positions, {@code image_transforms/interpolation.h}, Boost Software License 1.0),
 * towards the camera is the depth of the canonical face model of MediaPipe ({@code canonical_face_model.obj}, Apache
 * License 2.0) at the vertices that lie at the same places; both agree to about 2 mm across and up once the outer
 * corners of the eyes do. It is then tipped so that the median pitch of LFW's portraits is zero: no two definitions of a
 * level head agree, and people look about straight into a camera.
 *
 * <p>Centimetres; x to the picture's right, y up, z towards the camera; the origin is the mean of the points.
 */
final class MeanHead {
    // Landmark, x, y, z. Nose and eyes, the corners of the mouth and the middle of the upper lip: jaw, eyebrows and
    // lower
    // lip move too much.
    private static final double[][] POINTS = {
        {27, 0.00, 0.25, 5.63}, {28, 0.00, -1.00, 6.52}, {29, 0.00, -2.24, 7.24}, {30, 0.00, -3.52, 7.48},
        {31, -1.49, -4.38, 5.24}, {32, -0.77, -4.65, 5.83}, {33, 0.00, -4.88, 6.06}, {34, 0.77, -4.65, 5.83},
        {35, 1.49, -4.38, 5.24}, {36, -4.45, 0.09, 3.17}, {37, -3.66, 0.55, 3.72}, {38, -2.71, 0.53, 3.87},
        {39, -1.88, -0.09, 3.76}, {40, -2.77, -0.25, 3.78}, {41, -3.71, -0.24, 3.64}, {42, 1.88, -0.09, 3.76},
        {43, 2.71, 0.53, 3.87}, {44, 3.66, 0.55, 3.72}, {45, 4.45, 0.09, 3.17}, {46, 3.71, -0.24, 3.64},
        {47, 2.77, -0.25, 3.78}, {48, -2.85, -6.71, 4.19}, {51, 0.00, -6.26, 5.85}, {54, 2.85, -6.71, 4.19}
    };

    /** How many points there are. */
    static final int COUNT = POINTS.length;

    // Median over LFW's folds 0 and 1 without it: 3.7°; over johns 4.0°.
    private static final double TIP_DEGREES = 3.8;

    private static final double[] CENTRED = centred();

    private MeanHead() {}

    /** Which landmark the point is. */
    static int landmark(int point) {
        return (int) POINTS[point][0];
    }

    /** The point's coordinate along an axis: 0 is x, 1 is y, 2 is z. */
    static double at(int point, int axis) {
        return CENTRED[3 * point + axis];
    }

    private static double[] centred() {
        double[] centred = new double[3 * COUNT];
        for (int axis = 0; axis < 3; axis++) {
            double mean = 0;
            for (double[] point : POINTS) {
                mean += point[axis + 1] / COUNT;
            }
            for (int i = 0; i < COUNT; i++) {
                centred[3 * i + axis] = POINTS[i][axis + 1] - mean;
            }
        }
        double sine = Math.sin(Math.toRadians(TIP_DEGREES));
        double cosine = Math.cos(Math.toRadians(TIP_DEGREES));
        for (int i = 0; i < COUNT; i++) {
            double y = centred[3 * i + 1];
            double z = centred[3 * i + 2];
            centred[3 * i + 1] = cosine * y - sine * z;
            centred[3 * i + 2] = sine * y + cosine * z;
        }
        return centred;
    }
}
