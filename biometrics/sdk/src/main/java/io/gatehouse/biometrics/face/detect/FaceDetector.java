package io.gatehouse.biometrics.face.detect;

import io.gatehouse.biometrics.face.detect.BoxDecoder.RawBox;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds all faces of a picture, best score first. The network sees 320×240 pixels, so a large picture is also looked at
 * in tiles, level by level, until the smallest face asked for is large enough there; a tile's boxes that touch its inner
 * edges are left to its neighbours, which overlap it, or to the level above. Overlapping boxes are merged by
 * non-maximum suppression. Thread-safe; {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class FaceDetector implements AutoCloseable {
    /** The default of the smallest face looked for: the height of its box in pixels. */
    public static final int DEFAULT_MIN_FACE_PIXELS = 64;

    // Of the width that the network sees: RFB-320's smallest anchors are 10 to 24 pixels, below 20 it misses many.
    private static final double SMALLEST_SEEN = 20.0 / 320;
    private static final double CONTAINED = 0.7;
    private static final double EDGE_PIXELS = 0.01;

    private final OnnxNetwork network;
    private final DetectorModel model;
    private final InputTensors inputs;
    private final BoxDecoder decoder;
    private final int minFacePixels;

    private FaceDetector(OnnxNetwork network, DetectorModel model, int minFacePixels) {
        this.network = network;
        this.model = model;
        this.inputs = new InputTensors(model.input(), 1);
        this.decoder = new BoxDecoder(model);
        this.minFacePixels = minFacePixels;
    }

    /**
     * Opens the detector of a pack.
     *
     * @param minFacePixels the smallest face looked for: the height of its box, at least 8
     * @param threads       how many threads a run uses
     */
    public static FaceDetector open(ModelPack pack, int minFacePixels, int threads) {
        if (minFacePixels < 8) {
            throw new IllegalArgumentException(
                    "the smallest face looked for has at least 8 pixels, not " + minFacePixels);
        }
        DetectorModel model = pack.requireDetector();
        return new FaceDetector(OnnxNetwork.open(pack, model.file(), model.input(), threads), model, minFacePixels);
    }

    /** All faces, best score first; empty if there is none. */
    public List<FaceBox> detect(Frame frame) {
        try (Picture picture = Picture.of(frame)) {
            return detect(picture);
        }
    }

    /** As {@link #detect(Frame)}, of a picture that other stages use too. */
    public List<FaceBox> detect(Picture picture) {
        List<FaceBox> boxes = new ArrayList<>();
        for (Tile tile : Tile.cover(picture.width(), picture.height(), minFacePixels / SMALLEST_SEEN)) {
            detect(picture, tile, boxes);
        }
        return suppressed(boxes);
    }

    private void detect(Picture picture, Tile tile, List<FaceBox> into) {
        FittedPixels fitted = FittedPixels.of(picture, tile, model);
        Map<String, float[]> outputs = inputs.with(new byte[][] {fitted.pixels()}, values -> network.run(values, 1));
        for (RawBox box : decoder.decode(outputs, (name, length) -> network.output(outputs, name, length))) {
            add(picture, tile, fitted.inTile(box), into);
        }
    }

    private static void add(Picture picture, Tile tile, RawBox box, List<FaceBox> into) {
        boolean cut = (box.left() < EDGE_PIXELS && tile.x() > 0)
                || (box.top() < EDGE_PIXELS && tile.y() > 0)
                || (box.right() > 1 - EDGE_PIXELS && tile.x() + tile.width() < picture.width())
                || (box.bottom() > 1 - EDGE_PIXELS && tile.y() + tile.height() < picture.height());
        if (!cut) {
            into.add(new FaceBox(
                    tile.x() + box.left() * tile.width(),
                    tile.y() + box.top() * tile.height(),
                    (box.right() - box.left()) * tile.width(),
                    (box.bottom() - box.top()) * tile.height(),
                    box.score()));
        }
    }

    /** Greedy non-maximum suppression; a box that lies mostly inside a better one goes too (levels differ in size). */
    private List<FaceBox> suppressed(List<FaceBox> boxes) {
        List<FaceBox> sorted = new ArrayList<>(boxes);
        sorted.sort(Comparator.comparingDouble(FaceBox::score).reversed());
        List<FaceBox> kept = new ArrayList<>();
        for (FaceBox box : sorted) {
            if (kept.stream().noneMatch(better -> covers(better, box))) {
                kept.add(box);
            }
        }
        return List.copyOf(kept);
    }

    private boolean covers(FaceBox better, FaceBox box) {
        double shared = better.overlap(box);
        return shared > model.overlapThreshold() * (better.area() + box.area() - shared)
                || shared > CONTAINED * Math.min(better.area(), box.area());
    }

    @Override
    public void close() {
        network.close();
    }
}
