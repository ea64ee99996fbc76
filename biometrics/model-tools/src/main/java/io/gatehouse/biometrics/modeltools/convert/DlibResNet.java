package io.gatehouse.biometrics.modeltools.convert;

import io.gatehouse.biometrics.modeltools.onnx.OnnxGraph;
import io.gatehouse.biometrics.modeltools.onnx.Weights;

/**
 * dlib's face recognition network, a ResNet of 29 convolutions (He et al., "Deep Residual Learning for Image Recognition",
 * with half the filters), as an ONNX graph: {@code input} N × 3 × 150 × 150, RGB, already normalised; {@code embedding} N × 128.
 *
 * <p>Each convolution is followed by a scale and shift a channel, what batch normalisation becomes after training; both are
 * folded into the convolution's weights. A block that halves its input carries the short-cut along as 2 × 2 means, with channels of
 * zeros where it has too few; where the convolutions without padding come out a row and a column smaller than those means, zeros
 * are added to them.
 */
public final class DlibResNet {
    private static final int SIZE = 150;
    private static final int DIMENSION = 128;

    private final TfjsWeights weights;
    private final OnnxGraph graph = new OnnxGraph("dlib_face_recognition_resnet_v1");

    private DlibResNet(TfjsWeights weights) {
        this.weights = weights;
    }

    /** The ONNX file for these weights. */
    public static byte[] toOnnx(TfjsWeights weights) {
        return new DlibResNet(weights).build();
    }

    private byte[] build() {
        String x = graph.input("input", 3, SIZE, SIZE);
        x = graph.relu("conv32_down/relu", conv("conv32_down", x, 2, 0));
        x = graph.maxPool("pool", x, 3, 2);
        x = residuals(x, "conv32_1", "conv32_2", "conv32_3");
        x = down("conv64_down", x, 32, false);
        x = residuals(x, "conv64_1", "conv64_2", "conv64_3");
        x = down("conv128_down", x, 64, false);
        x = residuals(x, "conv128_1", "conv128_2");
        x = down("conv256_down", x, 128, true);
        x = residuals(x, "conv256_1", "conv256_2");
        x = down("conv256_down_out", x, 0, true);
        x = graph.matMul("fc", graph.globalAverage("average", x), weights.get("fc"));
        graph.output("embedding", x, DIMENSION);
        weights.requireAllUsed();
        return graph.toByteArray("Face embedding; compare by Euclidean distance. By Davis King, public domain.");
    }

    private String residuals(String x, String... blocks) {
        String out = x;
        for (String block : blocks) {
            String inner = graph.relu(block + "/conv1/relu", conv(block + "/conv1", out, 1, 1));
            inner = conv(block + "/conv2", inner, 1, 1);
            out = graph.relu(block + "/relu", graph.add(block + "/add", inner, out));
        }
        return out;
    }

    /** A block that halves: {@code newChannels} are added to the short-cut, and a row and column to the convolutions if short. */
    private String down(String block, String x, int newChannels, boolean shortByOne) {
        String inner = graph.relu(block + "/conv1/relu", conv(block + "/conv1", x, 2, 0));
        inner = conv(block + "/conv2", inner, 1, 1);
        if (shortByOne) {
            inner = graph.padAtEnd(block + "/pad", inner, 0, 1, 1);
        }
        String shortcut = graph.averagePool(block + "/shortcut", x, 2, 2);
        if (newChannels > 0) {
            shortcut = graph.padAtEnd(block + "/shortcut/pad", shortcut, newChannels, 0, 0);
        }
        return graph.relu(block + "/relu", graph.add(block + "/add", inner, shortcut));
    }

    private String conv(String layer, String x, int stride, int pad) {
        Weights filters = Layout.filters(weights.get(layer + "/conv/filters"));
        float[] bias = weights.get(layer + "/conv/bias").values();
        float[] scale = weights.get(layer + "/scale/weights").values();
        float[] shift = weights.get(layer + "/scale/biases").values();
        float[] folded = filters.values();
        int perChannel = folded.length / scale.length;
        for (int i = 0; i < folded.length; i++) {
            folded[i] *= scale[i / perChannel];
        }
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) ((double) bias[c] * scale[c] + shift[c]);
        }
        return graph.conv(
                layer,
                x,
                new Weights(filters.shape(), folded),
                new Weights(new long[] {bias.length}, bias),
                1,
                stride,
                pad,
                pad,
                pad,
                pad);
    }
}
