package io.gatehouse.biometrics.modeltools.convert;

import io.gatehouse.biometrics.modeltools.onnx.Weights;

/**
 * The layers of both networks once more, as loops that say what each value is, on TensorFlow's own layout of weights and in
 * double: what the converted graphs are compared with.
 */
final class PlainLayers {
    private PlainLayers() {}

    /** Convolution; {@code filters} is height × width × in × out; {@code before} zeros lie before the first row and column. */
    static Map3 conv(Map3 in, Weights filters, int stride, int before, int outHeight, int outWidth) {
        float[] w = filters.values();
        int size = filters.dimension(0);
        int channels = filters.dimension(3);
        Map3 out = new Map3(outHeight, outWidth, channels);
        for (int y = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                for (int dy = 0; dy < size; dy++) {
                    for (int dx = 0; dx < size; dx++) {
                        for (int i = 0; i < in.channels(); i++) {
                            double v = in.at(y * stride + dy - before, x * stride + dx - before, i);
                            int from = ((dy * size + dx) * in.channels() + i) * channels;
                            int to = (y * outWidth + x) * channels;
                            for (int o = 0; o < channels; o++) {
                                out.values()[to + o] += v * w[from + o];
                            }
                        }
                    }
                }
            }
        }
        return out;
    }

    /** Depth-wise convolution with one filter a channel; {@code filters} is height × width × channels × 1. */
    static Map3 depthwise(Map3 in, Weights filters, int stride, int before, int outSize) {
        float[] w = filters.values();
        int size = filters.dimension(0);
        Map3 out = new Map3(outSize, outSize, in.channels());
        for (int y = 0; y < outSize; y++) {
            for (int x = 0; x < outSize; x++) {
                for (int c = 0; c < in.channels(); c++) {
                    double sum = 0;
                    for (int dy = 0; dy < size; dy++) {
                        for (int dx = 0; dx < size; dx++) {
                            sum += in.at(y * stride + dy - before, x * stride + dx - before, c)
                                    * w[(dy * size + dx) * in.channels() + c];
                        }
                    }
                    out.set(y, x, c, sum);
                }
            }
        }
        return out;
    }

    /** {@code (v + bias) · scale + shift} for each channel. */
    static Map3 scale(Map3 in, Weights bias, Weights scale, Weights shift) {
        Map3 out = new Map3(in.height(), in.width(), in.channels());
        for (int i = 0; i < out.values().length; i++) {
            int c = i % in.channels();
            out.values()[i] = (in.values()[i] + bias.values()[c]) * (double) scale.values()[c] + shift.values()[c];
        }
        return out;
    }

    static Map3 bias(Map3 in, Weights bias) {
        float[] b = bias.values();
        Map3 out = new Map3(in.height(), in.width(), in.channels());
        for (int i = 0; i < out.values().length; i++) {
            out.values()[i] = in.values()[i] + b[i % in.channels()];
        }
        return out;
    }

    static Map3 relu(Map3 in) {
        Map3 out = new Map3(in.height(), in.width(), in.channels());
        for (int i = 0; i < out.values().length; i++) {
            out.values()[i] = Math.max(0, in.values()[i]);
        }
        return out;
    }

    /** Sum, of the larger size in each dimension; what one map lacks counts as zero. */
    static Map3 add(Map3 a, Map3 b) {
        Map3 out = new Map3(
                Math.max(a.height(), b.height()), Math.max(a.width(), b.width()), Math.max(a.channels(), b.channels()));
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int c = 0; c < out.channels(); c++) {
                    out.set(y, x, c, a.at(y, x, c) + b.at(y, x, c));
                }
            }
        }
        return out;
    }

    /** Greatest of each 3 × 3 window, every second one. */
    static Map3 maxPool3(Map3 in) {
        Map3 out = new Map3((in.height() - 3) / 2 + 1, (in.width() - 3) / 2 + 1, in.channels());
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int c = 0; c < out.channels(); c++) {
                    double max = Double.NEGATIVE_INFINITY;
                    for (int k = 0; k < 9; k++) {
                        max = Math.max(max, in.at(2 * y + k / 3, 2 * x + k % 3, c));
                    }
                    out.set(y, x, c, max);
                }
            }
        }
        return out;
    }

    /** Mean of each 2 × 2 square, side by side; an odd last row or column is left out. */
    static Map3 averagePool2(Map3 in) {
        Map3 out = new Map3(in.height() / 2, in.width() / 2, in.channels());
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                for (int c = 0; c < out.channels(); c++) {
                    double sum = 0;
                    for (int k = 0; k < 4; k++) {
                        sum += in.at(2 * y + k / 2, 2 * x + k % 2, c);
                    }
                    out.set(y, x, c, sum / 4);
                }
            }
        }
        return out;
    }

    /** Mean of each channel times a matrix of in × out. */
    static double[] meanTimes(Map3 in, Weights matrix) {
        float[] m = matrix.values();
        double[] out = new double[matrix.dimension(1)];
        for (int i = 0; i < in.values().length; i++) {
            double share = in.values()[i] / (in.height() * in.width());
            int row = i % in.channels() * out.length;
            for (int o = 0; o < out.length; o++) {
                out[o] += share * m[row + o];
            }
        }
        return out;
    }
}
