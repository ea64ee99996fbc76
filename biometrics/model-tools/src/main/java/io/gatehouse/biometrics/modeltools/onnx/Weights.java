package io.gatehouse.biometrics.modeltools.onnx;

import java.util.Arrays;

/**
 * A tensor of trained float32 values, in row-major order. Immutable.
 *
 * @param shape the dimensions
 * @param values as many values as the dimensions' product
 */
public record Weights(long[] shape, float[] values) {
    public Weights {
        shape = shape.clone();
        values = values.clone();
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " holds " + size + " values, not " + values.length);
        }
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public float[] values() {
        return values.clone();
    }

    /** How many values there are. */
    public int size() {
        return values.length;
    }

    /** The dimension at this position, as an int. */
    public int dimension(int position) {
        return Math.toIntExact(shape[position]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Weights w && Arrays.equals(shape, w.shape) && Arrays.equals(values, w.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Weights" + Arrays.toString(shape);
    }
}
