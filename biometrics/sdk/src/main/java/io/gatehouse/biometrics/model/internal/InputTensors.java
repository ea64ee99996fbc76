package io.gatehouse.biometrics.model.internal;

import io.gatehouse.biometrics.model.ColourOrder;
import io.gatehouse.biometrics.model.TensorInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Fills a network's input from blue-green-red bytes. The buffers lie outside the Java heap, where ONNX Runtime reads
 * them without a copy, and are used again: there are never more than calls at once. Thread-safe.
 */
public final class InputTensors {
    private final TensorInput input;
    private final int batch;
    private final float[] mean;
    private final float[] scale;
    private final Queue<FloatBuffer> free = new ConcurrentLinkedQueue<>();

    public InputTensors(TensorInput input, int batch) {
        this.input = input;
        this.batch = batch;
        this.mean = input.mean();
        this.scale = input.divisor();
        for (int i = 0; i < scale.length; i++) {
            scale[i] = 1 / scale[i];
        }
    }

    /** Lends a buffer filled with the pictures to {@code use}. */
    public <T> T with(byte[][] pictures, Function<FloatBuffer, T> use) {
        FloatBuffer lent = free.poll();
        FloatBuffer buffer = lent == null ? allocate() : lent;
        try {
            float[] plane = new float[input.width() * input.height()];
            buffer.clear();
            for (byte[] picture : pictures) {
                fill(buffer, picture, plane);
            }
            return use.apply(buffer.flip());
        } finally {
            free.add(buffer);
        }
    }

    private FloatBuffer allocate() {
        return ByteBuffer.allocateDirect(batch * input.length() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private void fill(FloatBuffer buffer, byte[] bgr, float[] plane) {
        ColourOrder order = input.colourOrder();
        if (order == ColourOrder.GREY) {
            for (int pixel = 0, at = 0; pixel < plane.length; pixel++, at += 3) {
                float grey = 0.114f * (bgr[at] & 0xFF) + 0.587f * (bgr[at + 1] & 0xFF) + 0.299f * (bgr[at + 2] & 0xFF);
                plane[pixel] = (grey - mean[0]) * scale[0];
            }
            buffer.put(plane);
            return;
        }
        for (int channel = 0; channel < order.channels(); channel++) {
            int offset = order == ColourOrder.BGR ? channel : 2 - channel;
            for (int pixel = 0, at = offset; pixel < plane.length; pixel++, at += 3) {
                plane[pixel] = ((bgr[at] & 0xFF) - mean[channel]) * scale[channel];
            }
            buffer.put(plane);
        }
    }
}
