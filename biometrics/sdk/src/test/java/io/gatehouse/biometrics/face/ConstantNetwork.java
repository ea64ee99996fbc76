package io.gatehouse.biometrics.face;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ONNX file, written by hand as protocol buffers, of a network that answers one number whatever it is shown. */
final class ConstantNetwork {
    private static final int FLOAT = 1;

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();

    private ConstantNetwork() {}

    /**
     * A network with one input and some outputs.
     *
     * @param inputShape -1 for any size
     * @param outputs    their shapes by their names, all sizes known
     */
    static byte[] of(String input, int[] inputShape, Map<String, int[]> outputs, float answer) {
        ConstantNetwork network = new ConstantNetwork();
        Map<String, int[]> sorted = new LinkedHashMap<>(outputs);
        sorted.forEach((name, shape) -> network.bytes(1, node(name + "-constant", name)));
        network.bytes(2, "constant".getBytes(StandardCharsets.UTF_8));
        sorted.forEach((name, shape) -> network.bytes(5, tensor(name + "-constant", shape, answer)));
        network.bytes(11, value(input, inputShape));
        sorted.forEach((name, shape) -> network.bytes(12, value(name, shape)));

        ConstantNetwork opset = new ConstantNetwork();
        opset.number(2, 13);
        ConstantNetwork model = new ConstantNetwork();
        model.number(1, 8);
        model.bytes(7, network.graph.toByteArray());
        model.bytes(8, opset.graph.toByteArray());
        return model.graph.toByteArray();
    }

    private static byte[] node(String from, String to) {
        ConstantNetwork node = new ConstantNetwork();
        node.bytes(1, from.getBytes(StandardCharsets.UTF_8));
        node.bytes(2, to.getBytes(StandardCharsets.UTF_8));
        node.bytes(4, "Identity".getBytes(StandardCharsets.UTF_8));
        return node.graph.toByteArray();
    }

    private static byte[] tensor(String name, int[] shape, float answer) {
        int size = 1;
        ConstantNetwork tensor = new ConstantNetwork();
        for (int side : shape) {
            tensor.number(1, side);
            size *= side;
        }
        tensor.number(2, FLOAT);
        tensor.bytes(8, name.getBytes(StandardCharsets.UTF_8));
        ByteBuffer values = ByteBuffer.allocate(Float.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            values.putFloat(answer);
        }
        tensor.bytes(9, values.array());
        return tensor.graph.toByteArray();
    }

    private static byte[] value(String name, int[] shape) {
        ConstantNetwork dimensions = new ConstantNetwork();
        for (int side : shape) {
            ConstantNetwork dimension = new ConstantNetwork();
            if (side < 0) {
                dimension.bytes(2, "N".getBytes(StandardCharsets.UTF_8));
            } else {
                dimension.number(1, side);
            }
            dimensions.bytes(1, dimension.graph.toByteArray());
        }
        ConstantNetwork tensor = new ConstantNetwork();
        tensor.number(1, FLOAT);
        tensor.bytes(2, dimensions.graph.toByteArray());
        ConstantNetwork type = new ConstantNetwork();
        type.bytes(1, tensor.graph.toByteArray());
        ConstantNetwork value = new ConstantNetwork();
        value.bytes(1, name.getBytes(StandardCharsets.UTF_8));
        value.bytes(2, type.graph.toByteArray());
        return value.graph.toByteArray();
    }

    private void number(int field, long value) {
        varint((long) field << 3);
        varint(value);
    }

    private void bytes(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        graph.writeBytes(value);
    }

    private void varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            graph.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        graph.write((int) rest);
    }
}
