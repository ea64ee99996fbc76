package io.gatehouse.biometrics.face.quality;

import java.util.Arrays;

/**
 * The pixels of a chip that are face: inside the convex hull of the landmarks, as ISO/IEC 29794-5 takes them
 * ("landmarked region"). Kept as a span of columns for each row. Immutable.
 */
final class FaceRegion {
    private final int[] from;
    private final int[] to;

    private FaceRegion(int[] from, int[] to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The region of points, x and y interleaved, in a picture of that size; its outermost pixels are left out, so that
     * every pixel of the region has neighbours.
     */
    static FaceRegion hull(double[] points, int width, int height) {
        double[] hull = convexHull(points);
        double[] left = new double[height];
        double[] right = new double[height];
        Arrays.fill(left, Double.MAX_VALUE);
        Arrays.fill(right, -Double.MAX_VALUE);
        int count = hull.length / 2;
        for (int i = 0; i < count; i++) {
            int next = (i + 1) % count;
            edge(hull[2 * i], hull[2 * i + 1], hull[2 * next], hull[2 * next + 1], left, right);
        }
        int[] from = new int[height];
        int[] to = new int[height];
        for (int y = 1; y < height - 1; y++) {
            if (left[y] <= right[y]) {
                from[y] = (int) Math.max(1, Math.min(width - 1, Math.ceil(left[y])));
                to[y] = (int) Math.max(from[y], Math.min(width - 1, Math.floor(right[y]) + 1));
            }
        }
        return new FaceRegion(from, to);
    }

    /** First column of a row. */
    int from(int row) {
        return from[row];
    }

    /** After the last column of a row; the same as the first if there is none. */
    int to(int row) {
        return to[row];
    }

    int pixels() {
        int sum = 0;
        for (int row = 0; row < from.length; row++) {
            sum += to[row] - from[row];
        }
        return sum;
    }

    private static void edge(double x1, double y1, double x2, double y2, double[] left, double[] right) {
        double top = Math.min(y1, y2);
        double bottom = Math.max(y1, y2);
        int last = (int) Math.min(left.length - 1.0, Math.floor(bottom));
        for (int y = (int) Math.max(0, Math.ceil(top)); y <= last; y++) {
            double part = bottom > top ? (y - y1) / (y2 - y1) : 0;
            double x = x1 + part * (x2 - x1);
            left[y] = Math.min(left[y], x);
            right[y] = Math.max(right[y], x);
        }
    }

    /** Andrew's monotone chain (Inf. Proc. Letters 9, 1979). */
    private static double[] convexHull(double[] points) {
        int count = points.length / 2;
        double[][] sorted = new double[count][];
        for (int i = 0; i < count; i++) {
            sorted[i] = new double[] {points[2 * i], points[2 * i + 1]};
        }
        Arrays.sort(sorted, (a, b) -> a[0] != b[0] ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]));
        double[][] chain = new double[2 * count + 1][];
        int size = 0;
        for (int i = 0; i < count; i++) {
            size = push(chain, size, 0, sorted[i]);
        }
        int lower = size;
        for (int i = count - 2; i >= 0; i--) {
            size = push(chain, size, lower - 1, sorted[i]);
        }
        double[] hull = new double[2 * size];
        for (int i = 0; i < size; i++) {
            hull[2 * i] = chain[i][0];
            hull[2 * i + 1] = chain[i][1];
        }
        return hull;
    }

    private static int push(double[][] chain, int size, int base, double[] point) {
        int top = size;
        while (top - base >= 2 && turn(chain[top - 2], chain[top - 1], point) <= 0) {
            top--;
        }
        chain[top] = point;
        return top + 1;
    }

    private static double turn(double[] a, double[] b, double[] c) {
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    }
}
