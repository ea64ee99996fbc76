package io.gatehouse.biometrics.modeltools.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.biometrics.modeltools.onnx.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The trained tensors of a TensorFlow.js weights manifest and its one binary file: float32 as it is (little-endian), or uint8
 * from which a value is {@code q · scale + min}, computed in double and rounded to float as TensorFlow.js does.
 *
 * <p>Immutable after reading, except that it remembers which tensors were asked for: {@link #requireAllUsed} tells a converter
 * that has overlooked one. Throws {@link IllegalArgumentException} for a manifest that does not fit its file.
 */
public final class TfjsWeights {
    private final Map<String, Weights> tensors;
    private final Set<String> unused;

    private TfjsWeights(Map<String, Weights> tensors) {
        this.tensors = tensors;
        this.unused = new TreeSet<>(tensors.keySet());
    }

    /** Reads a manifest and the binary file that its only group of weights names. */
    public static TfjsWeights of(byte[] manifest, byte[] binary) throws IOException {
        JsonNode groups = new ObjectMapper().readTree(manifest);
        if (groups.size() != 1 || groups.get(0).path("paths").size() != 1) {
            throw new IllegalArgumentException("the manifest must have one group of weights in one file");
        }
        ByteBuffer data = ByteBuffer.wrap(binary).order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Weights> tensors = new LinkedHashMap<>();
        for (JsonNode entry : groups.get(0).path("weights")) {
            tensors.put(entry.path("name").asText(), tensor(entry, data));
        }
        if (data.hasRemaining()) {
            throw new IllegalArgumentException(data.remaining() + " bytes are left over after the last tensor");
        }
        return new TfjsWeights(tensors);
    }

    /** The tensor of this name. */
    public Weights get(String name) {
        Weights tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the manifest has no tensor " + name);
        }
        unused.remove(name);
        return tensor;
    }

    /** Throws {@link IllegalStateException} if a tensor was never asked for. */
    void requireAllUsed() {
        if (!unused.isEmpty()) {
            throw new IllegalStateException("the network leaves out " + unused);
        }
    }

    private static Weights tensor(JsonNode entry, ByteBuffer data) {
        String name = entry.path("name").asText();
        JsonNode dimensions = entry.path("shape");
        long[] shape = new long[dimensions.size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = dimensions.get(i).asLong();
            size = Math.multiplyExact(size, shape[i]);
        }
        JsonNode quantization = entry.path("quantization");
        String stored = quantization.path("dtype").asText(entry.path("dtype").asText());
        int bytes = bytesOf(stored, name);
        if (size < 0 || size > data.remaining() / bytes) {
            throw new IllegalArgumentException(
                    name + " needs " + size + " values, " + data.remaining() + " bytes are left in the file");
        }
        float[] values = new float[(int) size];
        double scale = quantization.path("scale").asDouble();
        double min = quantization.path("min").asDouble();
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes == 1 ? (float) (Byte.toUnsignedInt(data.get()) * scale + min) : data.getFloat();
        }
        return new Weights(shape, values);
    }

    private static int bytesOf(String type, String name) {
        return switch (type) {
            case "uint8" -> 1;
            case "float32" -> Float.BYTES;
            default ->
                throw new IllegalArgumentException(name + " is stored as " + type + ", expected uint8 or float32");
        };
    }
}
