package io.gatehouse.biometrics.face.embed;

import io.gatehouse.biometrics.model.Distance;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.core.frame.Frame;

/**
 * Turns an aligned face into a template. Where the pack says so, the chip and its mirror image are embedded and
 * averaged, which lowers the errors a little. Thread-safe; {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class FaceEmbedder implements AutoCloseable {
    private final OnnxNetwork network;
    private final EmbedderModel model;
    private final InputTensors inputs;
    private final String packId;

    private FaceEmbedder(OnnxNetwork network, EmbedderModel model, String packId) {
        this.network = network;
        this.model = model;
        this.packId = packId;
        this.inputs = new InputTensors(
                model.input(), model.averageWithMirror() && model.input().anyBatch() ? 2 : 1);
    }

    public static FaceEmbedder open(ModelPack pack, int threads) {
        EmbedderModel model = pack.requireEmbedder();
        OnnxNetwork network =
                OnnxNetwork.open(pack, model.file(), model.input(), threads).requireSingle(model.dimension());
        return new FaceEmbedder(network, model, pack.id());
    }

    /**
     * The template of an aligned face.
     *
     * @throws IllegalArgumentException if the chip has not the size that the network wants
     */
    public Template embed(Frame chip) {
        if (chip.width() != model.input().width()
                || chip.height() != model.input().height()) {
            throw new IllegalArgumentException(
                    "the embedder wants chips of " + model.input().width() + "×"
                            + model.input().height() + " pixels, not " + chip.width() + "×" + chip.height());
        }
        byte[] pixels = chip.toBgr();
        if (!model.averageWithMirror()) {
            return template(run(pixels));
        }
        byte[] mirrored = mirrored(pixels, chip.width(), chip.height());
        int dimension = model.dimension();
        float[] both = new float[2 * dimension];
        if (model.input().anyBatch()) {
            both = run(pixels, mirrored);
        } else {
            System.arraycopy(run(pixels), 0, both, 0, dimension);
            System.arraycopy(run(mirrored), 0, both, dimension, dimension);
        }
        float[] mean = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            mean[i] = (both[i] + both[dimension + i]) / 2;
        }
        return template(mean);
    }

    /** Vectors that are compared by their angle are brought to length 1, where distance and angle say the same. */
    private Template template(float[] vector) {
        return model.distance() == Distance.COSINE ? Template.ofLengthOne(packId, vector) : Template.of(packId, vector);
    }

    private float[] run(byte[]... pictures) {
        return inputs.with(
                pictures, values -> network.runSingle(values, pictures.length, pictures.length * model.dimension()));
    }

    private static byte[] mirrored(byte[] bgr, int width, int height) {
        byte[] mirrored = new byte[bgr.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(
                        bgr,
                        Frame.CHANNELS * (y * width + x),
                        mirrored,
                        Frame.CHANNELS * (y * width + width - 1 - x),
                        Frame.CHANNELS);
            }
        }
        return mirrored;
    }

    @Override
    public void close() {
        network.close();
    }
}
