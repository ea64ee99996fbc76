package io.gatehouse.biometrics.picture;

/**
 * A similarity of the plane (turn, scale, move), immutable and thread-safe: {@code u = a·x − b·y + moveX}, {@code v = b·x + a·y + moveY}.
 *
 * @param a     scale × cosine of the angle
 * @param b     scale × sine of the angle
 * @param moveX in target pixels
 * @param moveY in target pixels
 */
public record Similarity(double a, double b, double moveX, double moveY) {

    /**
     * The similarity that brings points nearest to targets in the least-squares sense. Unlike an affine map it cannot
     * shear or squeeze a face, so that its proportions, which tell people apart, stay.
     *
     * @param from x, y interleaved
     * @param to   as many
     */
    public static Similarity fit(double[] from, double[] to) {
        int count = from.length / 2;
        double fromX = 0;
        double fromY = 0;
        double toX = 0;
        double toY = 0;
        for (int i = 0; i < count; i++) {
            fromX += from[2 * i] / count;
            fromY += from[2 * i + 1] / count;
            toX += to[2 * i] / count;
            toY += to[2 * i + 1] / count;
        }
        double along = 0;
        double across = 0;
        double spread = 0;
        for (int i = 0; i < count; i++) {
            double x = from[2 * i] - fromX;
            double y = from[2 * i + 1] - fromY;
            double u = to[2 * i] - toX;
            double v = to[2 * i + 1] - toY;
            along += x * u + y * v;
            across += x * v - y * u;
            spread += x * x + y * y;
        }
        // Points in one spot have no scale; any finite one will do, quality refuses such a face.
        double a = spread > 0 ? along / spread : 1;
        double b = spread > 0 ? across / spread : 0;
        return new Similarity(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
    }

    /** How many target pixels one source pixel becomes. */
    public double scale() {
        return Math.hypot(a, b);
    }

    /** The similarity that does the other one first and then this one. */
    public Similarity after(Similarity first) {
        return new Similarity(
                a * first.a - b * first.b,
                b * first.a + a * first.b,
                a * first.moveX - b * first.moveY + moveX,
                b * first.moveX + a * first.moveY + moveY);
    }

    /** Where this similarity takes a point from: x and y. */
    public double[] inverse(double u, double v) {
        double square = Math.max(a * a + b * b, 1e-12);
        double x = u - moveX;
        double y = v - moveY;
        return new double[] {(a * x + b * y) / square, (a * y - b * x) / square};
    }
}
