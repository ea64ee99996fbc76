package io.gatehouse.codes.internal.read;

import com.google.zxing.common.PerspectiveTransform;

/**
 * Where a symbol's modules lie in a picture: a perspective through four points, and a bend (of paper around a bottle, say)
 * of second order. Mutable while it is fitted, not thread-safe.
 *
 * <p>The parameters are the four points' places, then eight coefficients of the bend, all in pixels, so that one step size
 * serves them all. The bend leaves the lines through the finder patterns' middles where they are: what a round bottle does
 * between them (narrower towards its sides, larger where it is nearer, level lines seen as arcs) is one coefficient each.
 */
final class Warp {
    static final int POINTS = 8;
    static final int ALL = 16;

    /** Of the bend around a bottle that stands upright in the symbol, and of that around one that lies. */
    static final int[] AROUND = {POINTS + 1, POINTS + 4};

    private static final double FINDER_MIDDLE = 3.5;

    private final int size;
    private final double fourth;
    final double[] parameters = new double[ALL];

    Warp(int size, Triple triple) {
        this.size = size;
        // The fourth point is the alignment pattern's middle; version 1 has none there, and a point is as good as
        // another.
        this.fourth = size - 6.5;
        Finder corner = triple.corner();
        parameters[0] = corner.x();
        parameters[1] = corner.y();
        parameters[2] = triple.right().x();
        parameters[3] = triple.right().y();
        parameters[4] = triple.down().x();
        parameters[5] = triple.down().y();
        fourth(triple);
    }

    Warp(Warp other) {
        this.size = other.size;
        this.fourth = other.fourth;
        System.arraycopy(other.parameters, 0, parameters, 0, ALL);
    }

    /**
     * Puts the fourth point where the sizes of the three finder patterns say: a perspective scales areas by the inverse cube
     * of the third homogeneous coordinate, so that the areas at three points give that coordinate there, and it is linear.
     */
    private void fourth(Triple triple) {
        double along = (size - 10.0) / (size - 7);
        Finder corner = triple.corner();
        double first = (1 - 2 * along) * weight(corner);
        double second = along * weight(triple.right());
        double third = along * weight(triple.down());
        double sum = Math.max(0.3 * (second + third - first), first + second + third);
        parameters[6] = (first * corner.x()
                        + second * triple.right().x()
                        + third * triple.down().x())
                / sum;
        parameters[7] = (first * corner.y()
                        + second * triple.right().y()
                        + third * triple.down().y())
                / sum;
    }

    private static double weight(Finder finder) {
        return Math.pow(finder.module(), -2.0 / 3);
    }

    /** Moves the fourth point by so much of the two edges. */
    void moveFourth(double byRight, double byDown) {
        parameters[6] += byRight * (parameters[2] - parameters[0]) + byDown * (parameters[4] - parameters[0]);
        parameters[7] += byRight * (parameters[3] - parameters[1]) + byDown * (parameters[5] - parameters[1]);
    }

    int size() {
        return size;
    }

    /** Turns points in modules (x, y, x, y, …) into pixels, in place. */
    void toPixels(float[] points) {
        bend(points);
        float near = 3.5f;
        float far = size - 3.5f;
        float most = (float) fourth;
        PerspectiveTransform.quadrilateralToQuadrilateral(
                        near,
                        near,
                        far,
                        near,
                        most,
                        most,
                        near,
                        far,
                        (float) parameters[0],
                        (float) parameters[1],
                        (float) parameters[2],
                        (float) parameters[3],
                        (float) parameters[6],
                        (float) parameters[7],
                        (float) parameters[4],
                        (float) parameters[5])
                .transformPoints(points);
    }

    /** Moves the points within the symbol's plane, by nothing on the lines through the finder patterns' middles. */
    private void bend(float[] points) {
        if (isFlat()) {
            return;
        }
        double pixels = module();
        double[] bend = new double[ALL - POINTS];
        for (int i = 0; i < bend.length; i++) {
            bend[i] = parameters[POINTS + i] / pixels;
        }
        double half = size / 2.0;
        double finder = 1 - FINDER_MIDDLE / half;
        for (int i = 0; i < points.length; i += 2) {
            double u = (points[i] - half) / half;
            double v = (points[i + 1] - half) / half;
            double uu = finder * finder - u * u;
            double vv = finder * finder - v * v;
            points[i] += (float) (bend[0] * vv + bend[1] * u * uu + bend[2] * uu + bend[6] * u * vv);
            points[i + 1] += (float) (bend[3] * uu + bend[4] * v * vv + bend[5] * vv + bend[7] * v * uu);
        }
    }

    private boolean isFlat() {
        for (int i = POINTS; i < ALL; i++) {
            if (parameters[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** About the width of a module in pixels. */
    double module() {
        double across = Math.hypot(parameters[2] - parameters[0], parameters[3] - parameters[1]);
        double along = Math.hypot(parameters[4] - parameters[0], parameters[5] - parameters[1]);
        return Math.max(0.5, (across + along) / 2 / (size - 7));
    }
}
