package io.gatehouse.biometrics.modeltools.convert;

import io.gatehouse.biometrics.modeltools.onnx.Weights;

/** TensorFlow's layout of filters (height, width, in, out) turned into that of ONNX (out, in, height, width). */
final class Layout {
    private Layout() {}

    /** Filters of an ordinary convolution. */
    static Weights filters(Weights hwio) {
        return permute(hwio, hwio.dimension(2), hwio.dimension(3), false);
    }

    /** Depth-wise filters (height, width, channels, 1) as channels, 1, height, width. */
    static Weights depthwise(Weights hwc1) {
        if (hwc1.dimension(3) != 1) {
            throw new IllegalArgumentException("expected one filter a channel, got " + hwc1.dimension(3));
        }
        return permute(hwc1, hwc1.dimension(2), 1, true);
    }

    private static Weights permute(Weights from, int in, int out, boolean swap) {
        int area = from.dimension(0) * from.dimension(1);
        float[] values = from.values();
        float[] permuted = new float[values.length];
        for (int p = 0; p < area; p++) {
            for (int i = 0; i < in; i++) {
                for (int o = 0; o < out; o++) {
                    permuted[(o * in + i) * area + p] = values[(p * in + i) * out + o];
                }
            }
        }
        long height = from.dimension(0);
        long width = from.dimension(1);
        return new Weights(swap ? new long[] {in, out, height, width} : new long[] {out, in, height, width}, permuted);
    }
}
