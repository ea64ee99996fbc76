package io.gatehouse.biometrics.face.detect;

import io.gatehouse.biometrics.face.detect.BoxDecoder.RawBox;
import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.internal.InputTensors;
import io.gatehouse.biometrics.model.internal.OnnxNetwork;
import io.gatehouse.biometrics.picture.Crop;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds all faces of a picture, best score first. The network sees 320×240 pixels, so a large picture is also looked at
 * in tiles, level by level, until the smallest face asked for is large enough there; a tile's boxes that touch its inner
 * edges are left to its neighbours, which overlap it, or to the level above. Overlapping boxes are merged by
 * non-maximum suppression.
 *
 * <p>RFB-320 finds many faces that lie on their side or upside down too, so that finding one does not say how it lies.
 * Where {@link Rotations} are asked for, a picture in which nothing was found is turned and looked at again, and each face
 * found is looked at in every turn: the one that the network is surest of is taken (29 to 32 of 32 photographs were
 * taken right). Boxes are always of the picture as it was given. Thread-safe; {@link #close()} frees the network. Opening throws
 * {@link io.gatehouse.biometrics.model.ModelUnavailableException}.
 */
public final class FaceDetector implements AutoCloseable {
    /** The default of the smallest face looked for: the height of its box in pixels. */
    public static final int DEFAULT_MIN_FACE_PIXELS = 64;

    // Of the width that the network sees: RFB-320's smallest anchors are 10 to 24 pixels, below 20 it misses many.
    private static final double SMALLEST_SEEN = 20.0 / 320;
    private static final double CONTAINED = 0.7;
    private static final double EDGE_PIXELS = 0.01;
    // How much of a picture is looked at to see which way up a face is, in heights of the face, and how much of two
    // boxes is shared if they are of one face.
    private static final double AROUND = 2.2;
    private static final double SAME = 0.5;
    private static final int ANCHORS = 8;
    private static final double LEAST_DOUBT = 1e-6;

    private final OnnxNetwork network;
    private final DetectorModel model;
    private final InputTensors inputs;
    private final BoxDecoder decoder;
    private final int minFacePixels;
    private final Rotations rotations;

    private FaceDetector(OnnxNetwork network, DetectorModel model, int minFacePixels, Rotations rotations) {
        this.network = network;
        this.model = model;
        this.inputs = new InputTensors(model.input(), 1);
        this.decoder = new BoxDecoder(model);
        this.minFacePixels = minFacePixels;
        this.rotations = Objects.requireNonNull(rotations, "rotations");
    }

    /**
     * Opens the detector of a pack.
     *
     * @param minFacePixels the smallest face looked for: the height of its box, at least 8
     * @param threads       how many threads a run uses
     */
    public static FaceDetector open(ModelPack pack, int minFacePixels, int threads) {
        return open(pack, minFacePixels, Rotations.UPRIGHT, threads);
    }

    /** As {@link #open(ModelPack, int, int)}, looking also for faces that do not stand upright. */
    public static FaceDetector open(ModelPack pack, int minFacePixels, Rotations rotations, int threads) {
        if (minFacePixels < 8) {
            throw new IllegalArgumentException(
                    "the smallest face looked for has at least 8 pixels, not " + minFacePixels);
        }
        DetectorModel model = pack.requireDetector();
        OnnxNetwork network = OnnxNetwork.open(pack, model.file(), model.input(), threads);
        try {
            FaceDetector detector = new FaceDetector(network, model, minFacePixels, rotations);
            detector.requireOutputs();
            network.requireSeeing();
            return detector;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** Reads outputs of nothing but zeros, so that a network without those of its stage is noticed at opening. */
    private void requireOutputs() {
        Map<String, float[]> zeros = new HashMap<>();
        network.lengths().forEach((name, length) -> zeros.put(name, new float[length]));
        decoder.decode(zeros, (name, length) -> network.output(zeros, name, length));
    }

    /** All faces, best score first; empty if there is none. */
    public List<FaceBox> detect(Frame frame) {
        try (Picture picture = Picture.of(frame)) {
            return detect(picture);
        }
    }

    /** As {@link #detect(Frame)}, of a picture that other stages use too. */
    public List<FaceBox> detect(Picture picture) {
        List<FaceBox> found = suppressed(uprightOnes(picture));
        int[] turns = rotations.others();
        if (turns.length == 0) {
            return found;
        }
        List<FaceBox> any = found.isEmpty() ? turnedOnes(picture, turns) : found;
        return suppressed(any.stream().map(box -> stood(picture, box, turns)).toList());
    }

    private List<FaceBox> turnedOnes(Picture picture, int[] turns) {
        List<FaceBox> boxes = new ArrayList<>();
        for (int turn : turns) {
            try (Picture turned = picture.turnedBack(turn)) {
                Crop whole = Crop.about(
                        picture.width() / 2.0, picture.height() / 2.0, turned.width(), turned.height(), turn);
                uprightOnes(turned).forEach(box -> boxes.add(box.within(whole)));
            }
        }
        return suppressed(boxes);
    }

    /** The face as it stands: of all turns of what is around it the one that the network is surest of. */
    private FaceBox stood(Picture picture, FaceBox box, int[] turns) {
        FaceBox surest = box;
        double most = 0;
        for (int i = -1; i < turns.length; i++) {
            List<FaceBox> seen = seenAgain(picture, box, i < 0 ? 0 : turns[i]);
            double evidence = evidence(seen);
            if (evidence > most) {
                most = evidence;
                surest = seen.get(0);
            }
        }
        return surest;
    }

    /** What the network says of the face when what is around it is turned, best score first. */
    private List<FaceBox> seenAgain(Picture picture, FaceBox box, int turn) {
        double height = AROUND * Math.max(box.width(), box.height());
        int inputWidth = model.input().width();
        int inputHeight = model.input().height();
        Crop around = Crop.about(box.centreX(), box.centreY(), height * inputWidth / inputHeight, height, turn);
        FittedPixels fitted = new FittedPixels(picture.cropped(around, inputWidth, inputHeight), 1, 1);
        List<FaceBox> seen = new ArrayList<>();
        read(fitted, new Tile(0, 0, around.width(), around.height()), around.width(), around.height(), seen);
        return seen.stream()
                .map(one -> one.within(around))
                .filter(one -> one.overlap(box) > SAME * Math.min(one.area(), box.area()))
                .sorted(Comparator.comparingDouble(FaceBox::score).reversed())
                .toList();
    }

    /** One score near 1 says little, since all of them are near 1: the surest anchors together do better. */
    private static double evidence(List<FaceBox> seen) {
        return seen.stream()
                .limit(ANCHORS)
                .mapToDouble(box -> -Math.log(1 + LEAST_DOUBT - box.score()))
                .sum();
    }

    private List<FaceBox> uprightOnes(Picture picture) {
        List<FaceBox> boxes = new ArrayList<>();
        for (Tile tile : Tile.cover(picture.width(), picture.height(), minFacePixels / SMALLEST_SEEN)) {
            detect(picture, tile, boxes);
        }
        return boxes;
    }

    private void detect(Picture picture, Tile tile, List<FaceBox> into) {
        read(FittedPixels.of(picture, tile, model), tile, picture.width(), picture.height(), into);
    }

    private void read(FittedPixels fitted, Tile tile, int pictureWidth, int pictureHeight, List<FaceBox> into) {
        Map<String, float[]> outputs = inputs.with(new byte[][] {fitted.pixels()}, values -> network.run(values, 1));
        for (RawBox box : decoder.decode(outputs, (name, length) -> network.output(outputs, name, length))) {
            add(tile, pictureWidth, pictureHeight, fitted.inTile(box), into);
        }
    }

    private static void add(Tile tile, int pictureWidth, int pictureHeight, RawBox box, List<FaceBox> into) {
        boolean cut = (box.left() < EDGE_PIXELS && tile.x() > 0)
                || (box.top() < EDGE_PIXELS && tile.y() > 0)
                || (box.right() > 1 - EDGE_PIXELS && tile.x() + tile.width() < pictureWidth)
                || (box.bottom() > 1 - EDGE_PIXELS && tile.y() + tile.height() < pictureHeight);
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
