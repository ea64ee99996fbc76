package io.gatehouse.biometrics.face.landmark;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.CropRule;
import io.gatehouse.biometrics.model.LandmarkModel;
import io.gatehouse.biometrics.model.LandmarkModel.Refinement;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.Mirrored;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.biometrics.picture.Crop;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;

/**
 * Finds the 68 landmarks of a face whose box is known. Where the pack says so it looks again, at a crop laid by the
 * landmarks that it found first: those depend less on how the detector happened to draw the box. Thread-safe;
 * {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class LandmarkLocator implements AutoCloseable {
    private static final double MUCH_TILTED_DEGREES = 15;
    private static final int NUMBERS = 2 * FaceLandmarks.COUNT;
    private static final int[] MIRRORED = mirrored();

    private final OnnxNetwork network;
    private final LandmarkModel model;
    private final InputTensors inputs;
    private final InputTensors pairs;

    private LandmarkLocator(OnnxNetwork network, LandmarkModel model) {
        this.network = network;
        this.model = model;
        this.inputs = new InputTensors(model.input(), 1);
        this.pairs = new InputTensors(model.input(), 2);
    }

    public static LandmarkLocator open(ModelPack pack, int threads) {
        LandmarkModel model = pack.requireLandmarks();
        OnnxNetwork network = OnnxNetwork.open(pack, model.file(), model.input(), threads)
                .requireSingle(NUMBERS)
                .requireSeeing();
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
        FaceLandmarks landmarks = first(picture, box);
        if (model.refinement().isEmpty()) {
            return landmarks;
        }
        Refinement rule = model.refinement().get();
        for (int pass = 0; pass < rule.passes(); pass++) {
            RefinedCrop crop = RefinedCrop.of(landmarks, rule);
            if (!crop.isUsable(picture.width(), picture.height())) {
                return landmarks;
            }
            landmarks = refined(picture, crop, rule.withMirror());
        }
        return landmarks;
    }

    private FaceLandmarks first(Picture picture, FaceBox box) {
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
        float[] points = run(pixels);
        for (int i = 0; i < points.length; i += 2) {
            double[] at = crop.pictured(points[i], points[i + 1]);
            points[i] = (float) at[0];
            points[i + 1] = (float) at[1];
        }
        return new FaceLandmarks(points);
    }

    private FaceLandmarks refined(Picture picture, RefinedCrop crop, boolean withMirror) {
        int side = model.input().width();
        byte[] pixels = picture.warped(crop.toPixels(side), side, CropRule.Edge.REPLICATE);
        float[] parts = withMirror ? averaged(pixels, Mirrored.of(pixels, side, side)) : run(pixels);
        float[] points = new float[parts.length];
        for (int i = 0; i < parts.length; i += 2) {
            double[] at = crop.pictured(parts[i], parts[i + 1]);
            points[i] = (float) at[0];
            points[i + 1] = (float) at[1];
        }
        return new FaceLandmarks(points);
    }

    /** The mean of both answers, the mirrored one turned back. */
    private float[] averaged(byte[] pixels, byte[] mirrored) {
        float[] both = new float[2 * NUMBERS];
        if (model.input().anyBatch()) {
            both = pairs.with(new byte[][] {pixels, mirrored}, values -> network.runSingle(values, 2, 2 * NUMBERS));
        } else {
            System.arraycopy(run(pixels), 0, both, 0, NUMBERS);
            System.arraycopy(run(mirrored), 0, both, NUMBERS, NUMBERS);
        }
        float[] mean = new float[NUMBERS];
        for (int point = 0; point < FaceLandmarks.COUNT; point++) {
            int other = NUMBERS + 2 * MIRRORED[point];
            mean[2 * point] = (both[2 * point] + 1 - both[other]) / 2;
            mean[2 * point + 1] = (both[2 * point + 1] + both[other + 1]) / 2;
        }
        return mean;
    }

    private float[] run(byte[] pixels) {
        return inputs.with(new byte[][] {pixels}, values -> network.runSingle(values, 1, NUMBERS));
    }

    /** Which landmark each becomes in a mirror (iBUG 300-W numbering). */
    static int[] mirrored() {
        int[] other = new int[FaceLandmarks.COUNT];
        for (int i = 0; i < other.length; i++) {
            other[i] = i;
        }
        // First and last of runs that a mirror turns about: jaw, brows, nostrils, eyes, and the mouth's four lines.
        int[][] runs = {{0, 16}, {17, 26}, {31, 35}, {48, 54}, {55, 59}, {60, 64}, {65, 67}};
        for (int[] run : runs) {
            for (int i = run[0]; i <= run[1]; i++) {
                other[i] = run[0] + run[1] - i;
            }
        }
        int[] left = {36, 37, 38, 39, 40, 41};
        int[] right = {45, 44, 43, 42, 47, 46};
        for (int i = 0; i < left.length; i++) {
            other[left[i]] = right[i];
            other[right[i]] = left[i];
        }
        return other;
    }

    @Override
    public void close() {
        network.close();
    }
}
