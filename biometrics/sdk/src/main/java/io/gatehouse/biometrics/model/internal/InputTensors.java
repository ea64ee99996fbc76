package io.gatehouse.biometrics.model.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.gatehouse.biometrics.model.TensorInput;
import io.gatehouse.core.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Fills a network's input from blue-green-red bytes. The buffers lie outside the Java heap, where ONNX Runtime reads
 * them without a copy, and are used again: there are never more than calls at once. OpenCV takes the channels apart and
 * makes numbers of them, in a fraction of the time of a loop over bytes, which the tests compare it with. Thread-safe.
 */
public final class InputTensors {
    private final TensorInput input;
    private final int batch;
    private final float[] mean;
    private final float[] scale;
    private final Queue<Slot> free = new ConcurrentLinkedQueue<>();

    public InputTensors(TensorInput input, int batch) {
        this.input = input;
        this.batch = batch;
        this.mean = input.mean();
        this.scale = input.divisor();
        for (int i = 0; i < scale.length; i++) {
            scale[i] = 1 / scale[i];
        }
    }

    /**
     * Lends a buffer filled with the pictures to {@code use}.
     *
     * @throws IllegalArgumentException if there are more than a batch, or one has not the size that the network wants
     */
    public <T> T with(byte[][] pictures, Function<FloatBuffer, T> use) {
        if (pictures.length > batch) {
            throw new IllegalArgumentException("a batch holds " + batch + " pictures, not " + pictures.length);
        }
        Slot lent = free.poll();
        Slot slot = lent == null ? new Slot() : lent;
        try {
            for (int i = 0; i < pictures.length; i++) {
                slot.fill(i, pictures[i]);
            }
            return use.apply(slot.values.duplicate().limit(pictures.length * input.length()));
        } finally {
            free.add(slot);
        }
    }

    /** The memory of one call, in direct buffers that the heap's collector frees, and OpenCV's views of it. */
    private final class Slot {
        private final ByteBuffer bytes;
        private final FloatBuffer values;
        private final Mat pixels;
        private final Mat channel;
        private final List<Mat> planes = new ArrayList<>();

        Slot() {
            int size = input.width() * input.height();
            bytes = ByteBuffer.allocateDirect(Frame.CHANNELS * size);
            values = ByteBuffer.allocateDirect(batch * input.length() * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            ByteBuffer oneChannel = ByteBuffer.allocateDirect(size);
            pixels = new Mat(input.height(), input.width(), CV_8UC3, new BytePointer(bytes));
            channel = new Mat(input.height(), input.width(), CV_8U, new BytePointer(oneChannel));
            FloatPointer start = new FloatPointer(values);
            for (int plane = 0; plane < batch * mean.length; plane++) {
                planes.add(new Mat(input.height(), input.width(), CV_32F, start.getPointer((long) plane * size)));
            }
        }

        void fill(int picture, byte[] bgr) {
            if (bgr.length != bytes.capacity()) {
                throw new IllegalArgumentException("the network wants " + input.width() + "×" + input.height()
                        + " pixels of 3 bytes, not " + bgr.length + " bytes");
            }
            bytes.clear().put(bgr);
            for (int i = 0; i < mean.length; i++) {
                switch (input.colourOrder()) {
                    case GREY -> cvtColor(pixels, channel, COLOR_BGR2GRAY);
                    case BGR -> extractChannel(pixels, channel, i);
                    case RGB -> extractChannel(pixels, channel, Frame.CHANNELS - 1 - i);
                }
                channel.convertTo(planes.get(picture * mean.length + i), CV_32F, scale[i], -mean[i] * scale[i]);
            }
        }
    }
}
