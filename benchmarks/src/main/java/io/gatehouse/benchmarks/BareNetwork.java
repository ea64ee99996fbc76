package io.gatehouse.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gatehouse.biometrics.model.ColourOrder;
import io.gatehouse.biometrics.model.ModelFile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.TensorInput;
import io.gatehouse.core.frame.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** A network in ONNX Runtime by itself, on one thread, with its input made before: nothing but the run is left. */
final class BareNetwork implements AutoCloseable {
    private final OrtSession session;
    private final OnnxTensor tensor;
    private final Map<String, OnnxTensor> inputs;

    private BareNetwork(OrtSession session, String input, OnnxTensor tensor) {
        this.session = session;
        this.tensor = tensor;
        this.inputs = Map.of(input, tensor);
    }

    /** A network whose input is the frame, its pixels picked to the network's size, {@code batch} times. */
    static BareNetwork open(ModelPack pack, ModelFile file, TensorInput input, int batch, Frame frame)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(pack.read(file), options);
            long[] shape = {batch, input.colourOrder().channels(), input.height(), input.width()};
            OnnxTensor tensor = OnnxTensor.createTensor(environment, values(input, batch, frame), shape);
            return new BareNetwork(session, input.name(), tensor);
        }
    }

    private static FloatBuffer values(TensorInput input, int batch, Frame frame) {
        FloatBuffer values = ByteBuffer.allocateDirect(batch * input.length() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        byte[] bgr = frame.toBgr();
        float[] mean = input.mean();
        float[] divisor = input.divisor();
        while (values.hasRemaining()) {
            for (int channel = 0; channel < mean.length; channel++) {
                int offset = input.colourOrder() == ColourOrder.RGB ? Frame.CHANNELS - 1 - channel : channel;
                for (int pixel = 0; pixel < input.width() * input.height(); pixel++) {
                    int x = pixel % input.width() * frame.width() / input.width();
                    int y = pixel / input.width() * frame.height() / input.height();
                    int value = bgr[Frame.CHANNELS * (y * frame.width() + x) + offset] & 0xFF;
                    values.put((value - mean[channel]) / divisor[channel]);
                }
            }
        }
        return values.flip();
    }

    /** Runs it and frees the outputs. */
    int run() throws OrtException {
        try (OrtSession.Result outputs = session.run(inputs)) {
            return outputs.size();
        }
    }

    @Override
    public void close() throws OrtException {
        tensor.close();
        session.close();
    }
}
