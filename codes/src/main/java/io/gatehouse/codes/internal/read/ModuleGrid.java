package io.gatehouse.codes.internal.read;

import com.google.zxing.common.BitMatrix;

/**
 * The brightness of a symbol's modules, and of two more around, made bits in several ways.
 *
 * <p>The best of them treats the picture as a channel: blur, motion and the sensor mix each module with its neighbours in a
 * way that is the same all over the symbol. The modules whose colour is known are a training sequence, from which least squares find the
 * weights that undo the mixing best (a linear equaliser; Proakis, Digital Communications, 9.4). That takes no model of the blur.
 * Not thread-safe.
 */
final class ModuleGrid {
    private static final int MARGIN = 2;
    private static final double[] WITHIN = {0.5, 0.5, 0.3, 0.3, 0.7, 0.3, 0.3, 0.7, 0.7, 0.7};
    private static final int LOCAL = 4;

    private final int size;
    private final int stride;
    private final double[] values;
    private final double[] even;

    private ModuleGrid(int size, double[] values) {
        this.size = size;
        this.stride = size + 2 * MARGIN;
        this.values = values;
        this.even = evened();
    }

    static ModuleGrid of(Grey grey, Warp warp) {
        int size = warp.size();
        int stride = size + 2 * MARGIN;
        double[] values = new double[stride * stride];
        float[] points = new float[stride * WITHIN.length];
        for (int row = 0; row < stride; row++) {
            int to = 0;
            for (int column = 0; column < stride; column++) {
                for (int i = 0; i < WITHIN.length; i += 2) {
                    points[to++] = (float) (column - MARGIN + WITHIN[i]);
                    points[to++] = (float) (row - MARGIN + WITHIN[i + 1]);
                }
            }
            warp.toPixels(points);
            for (int column = 0, from = 0; column < stride; column++) {
                double sum = 0;
                for (int i = 0; i < WITHIN.length; i += 2, from += 2) {
                    sum += grey.at(points[from], points[from + 1]);
                }
                values[row * stride + column] = 2 * sum / WITHIN.length;
            }
        }
        return new ModuleGrid(size, values);
    }

    /** Without what changes slowly across the symbol: less the mean of the modules around, by their spread. */
    private double[] evened() {
        double[] evened = new double[values.length];
        for (int row = 0; row < stride; row++) {
            for (int column = 0; column < stride; column++) {
                double sum = 0;
                double squares = 0;
                int count = 0;
                for (int y = Math.max(MARGIN, row - LOCAL); y <= Math.min(stride - 1 - MARGIN, row + LOCAL); y++) {
                    for (int x = Math.max(MARGIN, column - LOCAL);
                            x <= Math.min(stride - 1 - MARGIN, column + LOCAL);
                            x++) {
                        double value = values[y * stride + x];
                        sum += value;
                        squares += value * value;
                        count++;
                    }
                }
                double mean = sum / count;
                double spread = Math.sqrt(Math.max(0, squares / count - mean * mean)) + 4;
                evened[row * stride + column] =
                        Math.max(-3, Math.min(3, (values[row * stride + column] - mean) / spread));
            }
        }
        return evened;
    }

    /** Against the mean of the modules around. */
    BitMatrix plain() {
        BitMatrix bits = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                if (even[(y + MARGIN) * stride + x + MARGIN] < 0) {
                    bits.set(x, y);
                }
            }
        }
        return bits;
    }

    /**
     * Equalised with weights for so many modules each way, 1 or 2.
     *
     * @param ridge keeps the weights small where noise would make them large
     */
    BitMatrix equalised(Pilots pilots, int reach, double ridge, boolean evenly) {
        double[] source = evenly ? even : values;
        double[] weights = weights(pilots, reach, ridge, source);
        BitMatrix bits = new BitMatrix(size);
        double[] around = new double[weights.length];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                gather(x, y, reach, source, around);
                double sum = 0;
                for (int i = 0; i < around.length; i++) {
                    sum += weights[i] * around[i];
                }
                if (sum < 0) {
                    bits.set(x, y);
                }
            }
        }
        return bits;
    }

    private void gather(int x, int y, int reach, double[] source, double[] around) {
        int to = 0;
        for (int row = y - reach; row <= y + reach; row++) {
            for (int column = x - reach; column <= x + reach; column++) {
                around[to++] = source[(row + MARGIN) * stride + column + MARGIN];
            }
        }
        around[to] = 1;
    }

    private double[] weights(Pilots pilots, int reach, double ridge, double[] source) {
        int side = 2 * reach + 1;
        int unknowns = side * side + 1;
        double[][] normal = new double[unknowns][unknowns + 1];
        double[] around = new double[unknowns];
        for (int[] module : pilots.modules()) {
            gather(module[0], module[1], reach, source, around);
            for (int i = 0; i < unknowns; i++) {
                for (int j = 0; j < unknowns; j++) {
                    normal[i][j] += around[i] * around[j];
                }
                normal[i][unknowns] += around[i] * module[2];
            }
        }
        double trace = 0;
        for (int i = 0; i < unknowns - 1; i++) {
            trace += normal[i][i];
        }
        for (int i = 0; i < unknowns - 1; i++) {
            normal[i][i] += ridge * trace / (unknowns - 1);
        }
        return solved(normal);
    }

    /** Gaussian elimination with pivots; the right side is the last column. */
    private static double[] solved(double[][] rows) {
        int unknowns = rows.length;
        for (int column = 0; column < unknowns; column++) {
            int pivot = column;
            for (int row = column + 1; row < unknowns; row++) {
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swapped = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swapped;
            double divisor = rows[column][column];
            if (Math.abs(divisor) < 1e-12) {
                return new double[unknowns];
            }
            for (int row = 0; row < unknowns; row++) {
                double factor = row == column ? 0 : rows[row][column] / divisor;
                for (int i = column; i <= unknowns && factor != 0; i++) {
                    rows[row][i] -= factor * rows[column][i];
                }
            }
        }
        double[] solution = new double[unknowns];
        for (int i = 0; i < unknowns; i++) {
            solution[i] = rows[i][unknowns] / rows[i][i];
        }
        return solution;
    }
}
