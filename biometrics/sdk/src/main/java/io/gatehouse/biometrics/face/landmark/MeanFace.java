package io.gatehouse.biometrics.face.landmark;

/**
 * dlib's mean face (average landmark positions, {@code image_transforms/interpolation.h}, Boost Software License 1.0)
 * without jaw, eyebrows and lower lip, which move most: the landmarks 27…54 and 60…64, in parts of the face's square.
 * Stateless; thread-safe.
 */
public final class MeanFace {
    private static final double[] X = {
        0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122,
        0.265825, 0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149,
        0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.290379, 0.428096, 0.490127, 0.552157, 0.689874
    };
    private static final double[] Y = {
        0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758,
        0.179852, 0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233,
        0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.784792, 0.778746, 0.785343, 0.778746, 0.784792
    };

    private MeanFace() {}

    /** Its points, x and y interleaved, 66 numbers in parts of the square. */
    public static double[] points() {
        double[] points = new double[2 * X.length];
        for (int i = 0; i < X.length; i++) {
            points[2 * i] = X[i];
            points[2 * i + 1] = Y[i];
        }
        return points;
    }

    /** The same points of a face, in pixels of the picture. */
    public static double[] pointsOf(FaceLandmarks landmarks) {
        double[] points = new double[2 * X.length];
        for (int i = 0; i < X.length; i++) {
            points[2 * i] = landmarks.x(landmark(i));
            points[2 * i + 1] = landmarks.y(landmark(i));
        }
        return points;
    }

    /** Which landmark the template's point is: 27…54, then 60…64. */
    public static int landmark(int point) {
        return point < 28 ? 27 + point : 32 + point;
    }
}
