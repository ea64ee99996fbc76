package io.gatehouse.biometrics.face.embed;

import io.gatehouse.biometrics.model.Distance;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.Mirrored;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns aligned faces into templates. Where the pack says so, the chip and its mirror image are embedded and averaged,
 * which lowers the errors a little. Thread-safe; {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class FaceEmbedder implements AutoCloseable {
    // Chips of one run of the network, where it takes several: more need more memory and bring nothing.
    private static final int MOST_TOGETHER = 8;

    private final OnnxNetwork network;
    private final EmbedderModel model;
    private final InputTensors few;
    private final InputTensors many;
    private final String packId;
    private final boolean mirrored;

    private FaceEmbedder(OnnxNetwork network, EmbedderModel model, String packId, boolean mirrored) {
        this.network = network;
        this.model = model;
        this.packId = packId;
        this.mirrored = mirrored;
        this.few = new InputTensors(model.input(), together(1));
        this.many = new InputTensors(model.input(), together(MOST_TOGETHER));
    }

    /** An embedder that averages with the mirror image if the pack says so: what its calibration was measured with. */
    public static FaceEmbedder open(ModelPack pack, int threads) {
        return open(pack, pack.requireEmbedder().averageWithMirror(), threads);
    }

    /**
     * As {@link #open(ModelPack, int)}, averaging with the mirror image whatever the pack says. Templates with and without it can
     * be compared.
     */
    public static FaceEmbedder openWithMirror(ModelPack pack, int threads) {
        return open(pack, true, threads);
    }

    /**
     * As {@link #open(ModelPack, int)}, without the mirror image whatever the pack says, which takes half the time; the pack's
     * calibration holds nearly.
     */
    public static FaceEmbedder openWithoutMirror(ModelPack pack, int threads) {
        return open(pack, false, threads);
    }

    private static FaceEmbedder open(ModelPack pack, boolean withMirror, int threads) {
        EmbedderModel model = pack.requireEmbedder();
        OnnxNetwork network = OnnxNetwork.open(pack, model.file(), model.input(), threads)
                .requireSingle(model.dimension())
                .requireSeeing();
        return new FaceEmbedder(network, model, pack.id(), withMirror);
    }

    /**
     * The template of an aligned face.
     *
     * @throws IllegalArgumentException if the chip has not the size that the network wants
     */
    public Template embed(Frame chip) {
        return embedTogether(List.of(chip), few).get(0);
    }

    /**
     * The templates of many aligned faces, in their order; several in one run where the network takes that. The numbers
     * differ from those of {@link #embed(Frame)} by rounding only.
     */
    public List<Template> embed(List<Frame> chips) {
        int step = model.input().anyBatch() ? MOST_TOGETHER : 1;
        List<Template> templates = new ArrayList<>(chips.size());
        for (int from = 0; from < chips.size(); from += step) {
            templates.addAll(embedTogether(chips.subList(from, Math.min(chips.size(), from + step)), many));
        }
        return List.copyOf(templates);
    }

    private List<Template> embedTogether(List<Frame> chips, InputTensors inputs) {
        List<byte[]> pictures = new ArrayList<>();
        for (Frame chip : chips) {
            byte[] pixels = pixels(chip);
            pictures.add(pixels);
            if (mirrored) {
                pictures.add(Mirrored.of(pixels, chip.width(), chip.height()));
            }
        }
        float[] vectors = run(pictures, inputs);
        int images = mirrored ? 2 : 1;
        List<Template> templates = new ArrayList<>();
        for (int chip = 0; chip < chips.size(); chip++) {
            templates.add(template(mean(vectors, chip * images, images)));
        }
        return templates;
    }

    /** Vectors that are compared by their angle are brought to length 1, where distance and angle say the same. */
    private Template template(float[] vector) {
        return model.distance() == Distance.COSINE ? Template.ofLengthOne(packId, vector) : Template.of(packId, vector);
    }

    private float[] run(List<byte[]> pictures, InputTensors inputs) {
        int dimension = model.dimension();
        if (model.input().anyBatch()) {
            int count = pictures.size();
            return inputs.with(
                    pictures.toArray(byte[][]::new), values -> network.runSingle(values, count, count * dimension));
        }
        float[] vectors = new float[pictures.size() * dimension];
        for (int i = 0; i < pictures.size(); i++) {
            float[] one =
                    inputs.with(new byte[][] {pictures.get(i)}, values -> network.runSingle(values, 1, dimension));
            System.arraycopy(one, 0, vectors, i * dimension, dimension);
        }
        return vectors;
    }

    private float[] mean(float[] vectors, int first, int count) {
        float[] mean = new float[model.dimension()];
        for (int i = 0; i < mean.length; i++) {
            float sum = 0;
            for (int vector = first; vector < first + count; vector++) {
                sum += vectors[vector * mean.length + i];
            }
            mean[i] = sum / count;
        }
        return mean;
    }

    private byte[] pixels(Frame chip) {
        if (chip.width() != model.input().width()
                || chip.height() != model.input().height()) {
            throw new IllegalArgumentException(
                    "the embedder wants chips of " + model.input().width() + "×"
                            + model.input().height() + " pixels, not " + chip.width() + "×" + chip.height());
        }
        return chip.toBgr();
    }

    private int together(int chips) {
        return model.input().anyBatch() ? chips * (mirrored ? 2 : 1) : 1;
    }

    @Override
    public void close() {
        network.close();
    }
}
