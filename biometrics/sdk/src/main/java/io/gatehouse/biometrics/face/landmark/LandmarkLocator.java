package io.gatehouse.biometrics.face.landmark;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.LandmarkModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.biometrics.picture.Crop;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;

/**
 * Finds the 68 landmarks of a face whose box is known. Thread-safe; {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class LandmarkLocator implements AutoCloseable {
    private static final double MUCH_TILTED_DEGREES = 15;

    private final OnnxNetwork network;
    private final LandmarkModel model;
    private final InputTensors inputs;

    private LandmarkLocator(OnnxNetwork network, LandmarkModel model) {
        this.network = network;
        this.model = model;
        this.inputs = new InputTensors(model.input(), 1);
    }

    public static LandmarkLocator open(ModelPack pack, int threads) {
        LandmarkModel model = pack.requireLandmarks();
        OnnxNetwork network =
                OnnxNetwork.open(pack, model.file(), model.input(), threads).requireSingle(2 * FaceLandmarks.COUNT);
        return new LandmarkLocator(network, model);
    }

    /** The landmarks of the face in the box. */
    public FaceLandmarks locate(Frame frame, FaceBox box) {
        try (Picture picture = Picture.of(frame)) {
            return locate(picture, box);
        }
    }

    /**
     * As {@link #locate(Frame, FaceBox)}, of a picture that other stages use too. The network knows upright faces: where
     * the landmarks show that the face is tilted much in its crop, it is looked at again, turned upright.
     */
    public FaceLandmarks locate(Picture picture, FaceBox box) {
        FaceLandmarks first = locateOnce(picture, box);
        double roll = first.eyeLineDegrees();
        if (Math.abs(Math.IEEEremainder(roll - box.turnDegrees(), 360)) < MUCH_TILTED_DEGREES) {
            return first;
        }
        return locateOnce(picture, box.turned(roll));
    }

    private FaceLandmarks locateOnce(Picture picture, FaceBox box) {
        Crop crop = box.crop(model.crop(), picture.width(), picture.height());
        byte[] pixels =
                picture.cropped(crop, model.input().width(), model.input().height());
        float[] points =
                inputs.with(new byte[][] {pixels}, values -> network.runSingle(values, 1, 2 * FaceLandmarks.COUNT));
        for (int i = 0; i < points.length; i += 2) {
            double[] at = crop.pictured(points[i], points[i + 1]);
            points[i] = (float) at[0];
            points[i + 1] = (float) at[1];
        }
        return new FaceLandmarks(points);
    }

    @Override
    public void close() {
        network.close();
    }
}
