package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.picture.Similarity;
import java.util.List;

/**
 * A face that looks straight, against which motion is measured. Immutable.
 *
 * <p>The points of a head that turns move as its depth tells: seen from far enough, a point at (x, y) with depth d goes
 * to A·(x, y) + t + d·v, and v is the turn (plane and parallax; Irani and Anandan, 1996). The points of a picture that
 * is turned have no depth: v is zero, however it is held. Near a camera a plane's motion is a homography, and a sheet of
 * paper can be bent or folded along the nose; to first order all of these are functions 1, x, y, x², xy, y², |x| of the
 * place. So each coordinate is fitted by those functions and the depth together (least squares), and only what depth
 * explains beyond them counts as a turn. It costs a little precision, 2–3 degrees at landmark noise of 2 % of the eyes'
 * distance, and buys that a sheet of paper does not turn at all.
 *
 * <p>The points used are brows, nose, corners of eyes and mouth. The jaw's outline is not a fixed place on a turning
 * head, and the chin moves with the mouth.
 */
final class NeutralFace {
    private static final int[] RIGID = {
        17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 39, 42, 45, 48, 54
    };
    // Depth towards the camera in distances between the eyes; estimated for an adult's face with 63 mm between them.
    private static final double[] DEPTH = {
        -0.13, 0.03, 0.13, 0.17, 0.21, 0.21, 0.17, 0.13, 0.03, -0.13, 0.19, 0.30, 0.43, 0.54, 0.24, 0.32, 0.37, 0.32,
        0.24, -0.16, 0, 0, -0.16, 0.06, 0.06
    };
    private static final int TERMS = 8;
    private static final double LEAST_EYES = 0.04;

    private final double[][] inverse;
    private final double eyes;
    private final double mouthGap;
    private final double mouthWidth;

    private NeutralFace(double[] points) {
        this.inverse = pseudoInverse(points);
        this.eyes = Math.max(eyeGap(points), LEAST_EYES);
        this.mouthGap = gap(points, 61, 67) + gap(points, 62, 66) + gap(points, 63, 65);
        this.mouthWidth = Math.max(Math.abs(points[2 * 54] - points[2 * 48]), 1e-3);
    }

    /** The mean of several sights of one face, each laid over the others first. */
    static NeutralFace of(List<FaceLandmarks> sights) {
        double[] mean = new double[2 * FaceLandmarks.COUNT];
        for (FaceLandmarks sight : sights) {
            double[] upright = upright(sight);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += upright[i] / sights.size();
            }
        }
        return new NeutralFace(mean);
    }

    /** The points with the eyes level, their middle at zero and their distance one. */
    static double[] upright(FaceLandmarks face) {
        double[] eyes = {eye(face, 36, 0), eye(face, 36, 1), eye(face, 42, 0), eye(face, 42, 1)};
        Similarity level = Similarity.fit(eyes, new double[] {-0.5, 0, 0.5, 0});
        double[] points = new double[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < FaceLandmarks.COUNT; i++) {
            points[2 * i] = level.a() * face.x(i) - level.b() * face.y(i) + level.moveX();
            points[2 * i + 1] = level.b() * face.x(i) + level.a() * face.y(i) + level.moveY();
        }
        return points;
    }

    private static double eye(FaceLandmarks face, int first, int axis) {
        double sum = 0;
        for (int point = first; point < first + 6; point++) {
            sum += axis == 0 ? face.x(point) : face.y(point);
        }
        return sum / 6;
    }

    /** How another sight of the face differs. */
    HeadMotion to(FaceLandmarks sight) {
        double[] x = new double[TERMS];
        double[] y = new double[TERMS];
        for (int term = 0; term < TERMS; term++) {
            for (int i = 0; i < RIGID.length; i++) {
                x[term] += inverse[term][i] * sight.x(RIGID[i]);
                y[term] += inverse[term][i] * sight.y(RIGID[i]);
            }
        }
        // Columns of A: where the face's own axes lie in the picture now. The first one takes the roll out.
        double across = Math.max(Math.hypot(x[1], y[1]), 1e-9);
        double down = Math.max(Math.hypot(x[2], y[2]), 1e-9);
        double along = (x[TERMS - 1] * x[1] + y[TERMS - 1] * y[1]) / across;
        double below = (y[TERMS - 1] * x[1] - x[TERMS - 1] * y[1]) / across;
        double[] still = undone(sight, x, y);
        double open = gap(still, 61, 67) + gap(still, 62, 66) + gap(still, 63, 65);
        return new HeadMotion(
                Math.toDegrees(Math.atan2(along, across)),
                Math.toDegrees(Math.atan2(below, down)),
                squeeze(x[1], x[2], y[1], y[2]),
                eyeGap(still) / eyes,
                (open - mouthGap) / 3 / mouthWidth);
    }

    /** The angle whose cosine is the ratio of the singular values of A. */
    private static double squeeze(double a, double b, double c, double d) {
        double sum = Math.hypot(a + d, b - c);
        double difference = Math.hypot(a - d, b + c);
        double ratio = Math.abs(sum - difference) / Math.max(sum + difference, 1e-9);
        return Math.toDegrees(Math.acos(Math.min(1, ratio)));
    }

    /** The points with turn, tilt and distance taken back, so that what is left is expression. */
    private static double[] undone(FaceLandmarks sight, double[] x, double[] y) {
        double determinant = x[1] * y[2] - x[2] * y[1];
        double size = Math.abs(determinant) < 1e-9 ? 1e-9 : determinant;
        double[] points = new double[2 * FaceLandmarks.COUNT];
        for (int i = 36; i < FaceLandmarks.COUNT; i++) {
            points[2 * i] = (y[2] * sight.x(i) - x[2] * sight.y(i)) / size;
            points[2 * i + 1] = (x[1] * sight.y(i) - y[1] * sight.x(i)) / size;
        }
        return points;
    }

    private static double eyeGap(double[] points) {
        return (gap(points, 37, 41) + gap(points, 38, 40) + gap(points, 43, 47) + gap(points, 44, 46)) / 4;
    }

    private static double gap(double[] points, int upper, int lower) {
        return points[2 * lower + 1] - points[2 * upper + 1];
    }

    /** (DᵀD)⁻¹Dᵀ for the rows 1, x, y, x², xy, y², |x|, depth: one row a term, one column a point. */
    private static double[][] pseudoInverse(double[] points) {
        double[][] rows = new double[RIGID.length][];
        for (int i = 0; i < RIGID.length; i++) {
            double x = points[2 * RIGID[i]];
            double y = points[2 * RIGID[i] + 1];
            rows[i] = new double[] {1, x, y, x * x, x * y, y * y, Math.abs(x), DEPTH[i]};
        }
        double[][] system = new double[TERMS][TERMS + RIGID.length];
        for (int term = 0; term < TERMS; term++) {
            for (int i = 0; i < RIGID.length; i++) {
                for (int other = 0; other < TERMS; other++) {
                    system[term][other] += rows[i][term] * rows[i][other];
                }
                system[term][TERMS + i] = rows[i][term];
            }
        }
        return solved(system);
    }

    /** Gauss-Jordan elimination; the right-hand columns are the answer. */
    private static double[][] solved(double[][] system) {
        for (int pivot = 0; pivot < TERMS; pivot++) {
            int best = pivot;
            for (int row = pivot + 1; row < TERMS; row++) {
                best = Math.abs(system[row][pivot]) > Math.abs(system[best][pivot]) ? row : best;
            }
            double[] swapped = system[pivot];
            system[pivot] = system[best];
            system[best] = swapped;
            // Points in one spot give a singular system; tiny pivots then make motions that fail every check.
            double by = Math.abs(system[pivot][pivot]) < 1e-12 ? 1e-12 : system[pivot][pivot];
            for (int column = 0; column < system[pivot].length; column++) {
                system[pivot][column] /= by;
            }
            for (int row = 0; row < TERMS; row++) {
                double factor = system[row][pivot];
                for (int column = 0; row != pivot && column < system[row].length; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        double[][] answer = new double[TERMS][RIGID.length];
        for (int term = 0; term < TERMS; term++) {
            System.arraycopy(system[term], TERMS, answer[term], 0, RIGID.length);
        }
        return answer;
    }
}
