package io.gatehouse.biometrics.modeltools.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A feed-forward ONNX graph being built, node by node: every method adds one node and returns the name of its output, which is
 * the input of the next. Inputs and outputs are float32 with a free batch dimension {@code N}; feature maps are NCHW.
 *
 * <p>The file format is that of onnx.proto3, IR version 8, operator set 13; the numbers below are its field numbers. Nodes and
 * weights are written in the order they were added, so the same calls give the same bytes. Not thread-safe.
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT64 = 7;
    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_INTS = 7;

    private final String name;
    private final List<ProtoMessage> nodes = new ArrayList<>();
    private final List<ProtoMessage> initializers = new ArrayList<>();
    private final List<ProtoMessage> inputs = new ArrayList<>();
    private final List<ProtoMessage> outputs = new ArrayList<>();

    /** Starts an empty graph of this name. */
    public OnnxGraph(String name) {
        this.name = name;
    }

    /** Declares an input of N times this shape. */
    public String input(String tensor, long... shape) {
        inputs.add(declaration(tensor, shape));
        return tensor;
    }

    /** Declares that this tensor, of N times this shape, is an output, and gives it that name. */
    public void output(String output, String tensor, long... shape) {
        node("Identity", output, List.of(tensor), Map.of());
        outputs.add(declaration(output, shape));
    }

    /**
     * Convolution with bias.
     *
     * @param weights out channels × in channels of a group × height × width
     * @param pads zeros added at top, left, bottom, right
     */
    public String conv(String node, String x, Weights weights, Weights bias, int groups, int stride, long... pads) {
        long[] shape = weights.shape();
        return node(
                "Conv",
                node,
                List.of(x, initializer(node + "/weights", weights), initializer(node + "/bias", bias)),
                Map.of(
                        "group", new long[] {groups},
                        "kernel_shape", new long[] {shape[2], shape[3]},
                        "pads", pads,
                        "strides", new long[] {stride, stride}));
    }

    /** Depth-wise or other convolution without bias. */
    public String conv(String node, String x, Weights weights, int groups, int stride, long... pads) {
        long[] shape = weights.shape();
        return node(
                "Conv",
                node,
                List.of(x, initializer(node + "/weights", weights)),
                Map.of(
                        "group", new long[] {groups},
                        "kernel_shape", new long[] {shape[2], shape[3]},
                        "pads", pads,
                        "strides", new long[] {stride, stride}));
    }

    /** Greatest value of each window, without padding. */
    public String maxPool(String node, String x, int size, int stride) {
        return pool("MaxPool", node, x, size, stride);
    }

    /** Mean of each window, without padding. */
    public String averagePool(String node, String x, int size, int stride) {
        return pool("AveragePool", node, x, size, stride);
    }

    /** Zeros added after the last channel, row and column. */
    public String padAtEnd(String node, String x, int channels, int rows, int columns) {
        String pads = initializer(node + "/pads", new long[] {0, 0, 0, 0, 0, channels, rows, columns});
        return node("Pad", node, List.of(x, pads), Map.of());
    }

    /** Sum of two tensors of one shape. */
    public String add(String node, String a, String b) {
        return node("Add", node, List.of(a, b), Map.of());
    }

    /** The positive part. */
    public String relu(String node, String x) {
        return node("Relu", node, List.of(x), Map.of());
    }

    /** Mean of each channel, as N × channels. */
    public String globalAverage(String node, String x) {
        String mean = node("GlobalAveragePool", node + "/mean", List.of(x), Map.of());
        return node("Flatten", node, List.of(mean), Map.of("axis", new long[] {1}));
    }

    /** Matrix product of N × in with in × out. */
    public String matMul(String node, String x, Weights weights) {
        return node("MatMul", node, List.of(x, initializer(node + "/weights", weights)), Map.of());
    }

    /** Adds the same vector to each row. */
    public String addBias(String node, String x, Weights bias) {
        return node("Add", node, List.of(x, initializer(node + "/bias", bias)), Map.of());
    }

    /** The ONNX file's bytes. */
    public byte[] toByteArray(String description) {
        ProtoMessage graph = new ProtoMessage();
        nodes.forEach(node -> graph.message(1, node));
        graph.text(2, name);
        initializers.forEach(initializer -> graph.message(5, initializer));
        inputs.forEach(input -> graph.message(11, input));
        outputs.forEach(output -> graph.message(12, output));
        return new ProtoMessage()
                .number(1, IR_VERSION)
                .text(2, "gatehouse-biometrics-model-tools")
                .text(6, description)
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").number(2, OPERATOR_SET))
                .toByteArray();
    }

    private String pool(String type, String node, String x, int size, int stride) {
        return node(type, node, List.of(x), Map.of("kernel_shape", new long[] {size, size}, "strides", new long[] {
            stride, stride
        }));
    }

    private String node(String type, String output, List<String> from, Map<String, long[]> attributes) {
        ProtoMessage node = new ProtoMessage();
        from.forEach(tensor -> node.text(1, tensor));
        node.text(2, output).text(3, output).text(4, type);
        new TreeMap<>(attributes).forEach((key, values) -> node.message(5, attribute(key, values)));
        nodes.add(node);
        return output;
    }

    private static ProtoMessage attribute(String key, long[] values) {
        ProtoMessage attribute = new ProtoMessage().text(1, key);
        if (key.equals("group") || key.equals("axis")) {
            return attribute.number(3, values[0]).number(20, ATTRIBUTE_INT);
        }
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    private String initializer(String tensor, Weights weights) {
        ByteBuffer raw = ByteBuffer.allocate(weights.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(weights.values());
        return initializer(tensor, weights.shape(), TYPE_FLOAT, raw.array());
    }

    private String initializer(String tensor, long[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        return initializer(tensor, new long[] {values.length}, TYPE_INT64, raw.array());
    }

    private String initializer(String tensor, long[] shape, int type, byte[] raw) {
        ProtoMessage message = new ProtoMessage();
        for (long dimension : shape) {
            message.number(1, dimension);
        }
        initializers.add(message.number(2, type).text(8, tensor).bytes(9, raw));
        return tensor;
    }

    private static ProtoMessage declaration(String tensor, long... shape) {
        ProtoMessage dimensions = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        for (long dimension : shape) {
            dimensions.message(1, new ProtoMessage().number(1, dimension));
        }
        ProtoMessage type = new ProtoMessage().number(1, TYPE_FLOAT).message(2, dimensions);
        return new ProtoMessage().text(1, tensor).message(2, new ProtoMessage().message(1, type));
    }
}
