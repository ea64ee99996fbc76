package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.LivenessModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.biometrics.picture.Crop;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;

/**
 * Tells a live face from a print, a screen or a mask by one picture. It cannot see a digital picture that is fed
 * straight into the pipeline: protect the way from the camera. Thread-safe; {@link #close()} frees the network. Opening
 * throws {@link ModelUnavailableException}, never answers "not live" for a missing model.
 */
public final class LivenessDetector implements AutoCloseable {
    // "Live" and two kinds of artefact; which two is not published, so they are not told apart.
    private static final int CLASSES = 3;

    private final OnnxNetwork network;
    private final LivenessModel model;
    private final InputTensors inputs;
    private final double threshold;

    private LivenessDetector(OnnxNetwork network, LivenessModel model, double threshold) {
        this.network = network;
        this.model = model;
        this.inputs = new InputTensors(model.input(), 1);
        this.threshold = threshold;
    }

    /**
     * Opens the liveness model of a pack.
     *
     * @param threshold a live face scores at least this, between 0 and 1
     * @param threads   how many threads a run uses
     */
    public static LivenessDetector open(ModelPack pack, double threshold, int threads) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("a liveness threshold lies between 0 and 1, not " + threshold);
        }
        LivenessModel model = pack.requireLiveness();
        if (model.liveClass() >= CLASSES) {
            throw new ModelUnavailableException("the liveness model of pack " + pack.id() + " has " + CLASSES
                    + " classes, not a class " + model.liveClass());
        }
        OnnxNetwork network = OnnxNetwork.open(pack, model.file(), model.input(), threads)
                .requireSingle(CLASSES)
                .requireSeeing();
        return new LivenessDetector(network, model, threshold);
    }

    /** Looks at the face in the box and what is around it. */
    public Liveness check(Frame frame, FaceBox box) {
        try (Picture picture = Picture.of(frame)) {
            return check(picture, box);
        }
    }

    /** As {@link #check(Frame, FaceBox)}, of a picture that other stages use too. */
    public Liveness check(Picture picture, FaceBox box) {
        Crop crop = box.crop(model.crop(), picture.width(), picture.height());
        byte[] pixels =
                picture.cropped(crop, model.input().width(), model.input().height());
        float[] logits = inputs.with(new byte[][] {pixels}, values -> network.runSingle(values, 1, CLASSES));
        double score = softmax(logits, model.liveClass());
        return score >= threshold ? new Liveness.Live(score) : new Liveness.Attack(AttackKind.ARTEFACT, score);
    }

    private static double softmax(float[] logits, int index) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return Math.exp(logits[index] - highest) / sum;
    }

    @Override
    public void close() {
        network.close();
    }
}
