package io.gatehouse.biometrics.modeltools.convert;

import io.gatehouse.biometrics.modeltools.onnx.OnnxGraph;

/**
 * face-api's network for 68 landmarks as an ONNX graph: {@code input} N × 3 × 112 × 112, RGB, already normalised;
 * {@code landmarks} N × 136, x and y interleaved, in parts of the input's side.
 *
 * <p>Four blocks of four depth-wise separable convolutions (the very first is an ordinary one). Inside a block each layer sees
 * the sum of all before it; the first halves the picture. TensorFlow pads an even input of a stride-2 convolution at the
 * bottom and right only.
 */
public final class FaceLandmark68 {
    private static final int SIZE = 112;
    private static final int COORDINATES = 136;
    private static final int BLOCKS = 4;
    private static final int LAYERS = 4;

    private final TfjsWeights weights;
    private final OnnxGraph graph = new OnnxGraph("face_landmark_68");

    private FaceLandmark68(TfjsWeights weights) {
        this.weights = weights;
    }

    /** The ONNX file for these weights. */
    public static byte[] toOnnx(TfjsWeights weights) {
        return new FaceLandmark68(weights).build();
    }

    private byte[] build() {
        String x = graph.input("input", 3, SIZE, SIZE);
        for (int i = 0; i < BLOCKS; i++) {
            x = block("dense" + i, x, i == 0);
        }
        // Four halvings leave 7 × 7, so the closing 7 × 7 mean is the mean of everything.
        x = graph.matMul("fc", graph.globalAverage("average", x), weights.get("fc/weights"));
        x = graph.addBias("fc/sum", x, weights.get("fc/bias"));
        graph.output("landmarks", x, COORDINATES);
        weights.requireAllUsed();
        return graph.toByteArray("68 face landmarks in iBUG order, from face-api (MIT).");
    }

    private String block(String block, String x, boolean first) {
        String entry = first ? conv(block + "/conv0", x) : separable(block + "/conv0", x, 2);
        String sum = graph.relu(block + "/conv0/relu", entry);
        String seen = sum;
        for (int i = 1; i < LAYERS; i++) {
            String layer = block + "/conv" + i;
            sum = graph.add(layer + "/sum", separable(layer, seen, 1), sum);
            seen = graph.relu(layer + "/relu", sum);
        }
        return seen;
    }

    private String conv(String layer, String x) {
        return graph.conv(
                layer,
                x,
                Layout.filters(weights.get(layer + "/filters")),
                weights.get(layer + "/bias"),
                1,
                2,
                padsBefore(2),
                padsBefore(2),
                1,
                1);
    }

    private String separable(String layer, String x, int stride) {
        var depthwise = Layout.depthwise(weights.get(layer + "/depthwise_filter"));
        long before = padsBefore(stride);
        String each =
                graph.conv(layer + "/depthwise", x, depthwise, depthwise.dimension(0), stride, before, before, 1, 1);
        return graph.conv(
                layer + "/pointwise",
                each,
                Layout.filters(weights.get(layer + "/pointwise_filter")),
                weights.get(layer + "/bias"),
                1,
                1,
                0,
                0,
                0,
                0);
    }

    private static long padsBefore(int stride) {
        return stride == 2 ? 0 : 1;
    }
}
