package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceAnalysis.NoFace;
import io.gatehouse.biometrics.face.align.FaceAligner;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.detect.FaceDetector;
import io.gatehouse.biometrics.face.embed.FaceEmbedder;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.LandmarkLocator;
import io.gatehouse.biometrics.face.liveness.Liveness;
import io.gatehouse.biometrics.face.liveness.LivenessDetector;
import io.gatehouse.biometrics.face.quality.FaceQuality;
import io.gatehouse.biometrics.face.quality.FaceQualityAssessor;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From a frame to faces with templates: detect → landmarks → align → quality → liveness → embed. A stage that refuses a
 * face ends its way, so that no template is made of a bad sample or an attack. Any number of threads may call one
 * analyser; {@link #close()} waits for them and frees the networks. Opening throws {@link ModelUnavailableException} if a
 * model is missing; nothing here opens a network connection.
 */
public final class FaceAnalyser implements AutoCloseable {
    private final FaceOptions options;
    private final ModelPack pack;
    private final FaceDetector detector;
    private final LandmarkLocator landmarks;
    private final FaceAligner aligner;
    private final FaceQualityAssessor quality = FaceQualityAssessor.create();
    private final Optional<LivenessDetector> liveness;
    private final FaceEmbedder embedder;
    private final Listener listener;

    private FaceAnalyser(ModelPack pack, Optional<ModelPack> livenessPack, FaceOptions options, Listener listener) {
        this.options = Objects.requireNonNull(options, "options");
        this.pack = Objects.requireNonNull(pack, "pack");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.aligner = FaceAligner.of(pack.requireEmbedder());
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            this.detector = keep(opened, FaceDetector.open(pack, options.minFacePixels(), options.threads()));
            this.landmarks = keep(opened, LandmarkLocator.open(pack, options.threads()));
            this.liveness = livenessPack.map(
                    it -> keep(opened, LivenessDetector.open(it, options.livenessThreshold(), options.threads())));
            this.embedder = keep(opened, FaceEmbedder.open(pack, options.threads()));
        } catch (RuntimeException e) {
            opened.forEach(FaceAnalyser::closeQuietly);
            throw e;
        }
    }

    /** An analyser with liveness check, from a pack of detector, landmarks and embedder and one of liveness. */
    public static FaceAnalyser open(ModelPack pack, ModelPack livenessPack, FaceOptions options) {
        return new FaceAnalyser(pack, Optional.of(livenessPack), options, Listener.NONE);
    }

    /** As {@link #open(ModelPack, ModelPack, FaceOptions)}, telling a listener what each stage took. */
    public static FaceAnalyser open(ModelPack pack, ModelPack livenessPack, FaceOptions options, Listener listener) {
        return new FaceAnalyser(pack, Optional.of(livenessPack), options, listener);
    }

    /**
     * An analyser that takes a photograph of a face for the face. For enrolment under the eyes of a guard, and for
     * measurements; at a gate that nobody watches use {@link #open(ModelPack, ModelPack, FaceOptions)}.
     */
    public static FaceAnalyser insecureWithoutLiveness(ModelPack pack, FaceOptions options) {
        return new FaceAnalyser(pack, Optional.empty(), options, Listener.NONE);
    }

    /** All faces of a picture, the nearest first. */
    public FaceAnalysis analyse(Frame frame) {
        try (Picture picture = Picture.of(frame)) {
            List<FaceBox> boxes = nearestFirst(picture);
            if (boxes.isEmpty()) {
                return none();
            }
            return new Analysed(
                    boxes.stream().map(box -> face(frame, picture, box)).toList(), List.of());
        }
    }

    /**
     * The face in front of the gate: the largest and most central one. If several are about equally near, nobody is
     * chosen.
     */
    public FaceAnalysis analyseNearest(Frame frame) {
        try (Picture picture = Picture.of(frame)) {
            List<FaceBox> boxes = nearestFirst(picture);
            if (boxes.isEmpty()) {
                return none();
            }
            if (boxes.size() > 1
                    && weight(boxes.get(0), picture) < options.dominance() * weight(boxes.get(1), picture)) {
                return new NoFace(Reason.format(
                        "face.several",
                        "%d faces are in view and none is clearly the nearest: come one at a time.",
                        boxes.size()));
            }
            return new Analysed(List.of(face(frame, picture, boxes.get(0))), boxes.subList(1, boxes.size()));
        }
    }

    /** The pack that makes the templates. */
    public String packId() {
        return pack.id();
    }

    /** What distances between the templates mean. */
    public Calibration calibration() {
        return pack.requireEmbedder().calibration();
    }

    private static NoFace none() {
        return new NoFace(Reason.of("face.none", "No face is in view: stand in front of the camera."));
    }

    private List<FaceBox> nearestFirst(Picture picture) {
        List<FaceBox> boxes = new ArrayList<>(timed(Stage.DETECT, () -> detector.detect(picture)));
        boxes.sort(Comparator.comparingDouble((FaceBox box) -> weight(box, picture))
                .reversed());
        return boxes;
    }

    /** Area, less towards the picture's edges, where it counts half. */
    private static double weight(FaceBox box, Picture picture) {
        double across = 2 * box.centreX() / picture.width() - 1;
        double down = 2 * box.centreY() / picture.height() - 1;
        return box.area() * (1 - 0.5 * Math.min(1, Math.hypot(across, down)));
    }

    private Face face(Frame frame, Picture picture, FaceBox box) {
        FaceLandmarks points = timed(Stage.LANDMARKS, () -> landmarks.locate(picture, box));
        Frame chip = timed(Stage.ALIGN, () -> aligner.align(frame, picture, points));
        FaceQuality measured = timed(Stage.QUALITY, () -> quality.assess(points, chip));
        List<Reason> refusals = options.profile().refusals(measured);
        if (!refusals.isEmpty()) {
            return new Face(
                    box,
                    points,
                    measured,
                    new Liveness.NotChecked("the quality was refused before"),
                    refusals,
                    Optional.empty());
        }
        Liveness live = liveness(picture, box);
        if (live instanceof Liveness.Attack) {
            Reason attack = Reason.of(
                    "face.attack", "This looks like a picture of a face, not a face: show your own, or ask the guard.");
            return new Face(box, points, measured, live, List.of(attack), Optional.empty());
        }
        Template template = timed(Stage.EMBED, () -> embedder.embed(chip));
        return new Face(box, points, measured, live, List.of(), Optional.of(template));
    }

    private Liveness liveness(Picture picture, FaceBox box) {
        if (liveness.isEmpty()) {
            return new Liveness.NotChecked("this analyser was opened without liveness check");
        }
        return timed(Stage.LIVENESS, () -> liveness.get().check(picture, box));
    }

    private <T> T timed(Stage stage, Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        listener.finished(stage, System.nanoTime() - begin);
        return result;
    }

    @Override
    public void close() {
        detector.close();
        landmarks.close();
        liveness.ifPresent(LivenessDetector::close);
        embedder.close();
    }

    private static <T extends AutoCloseable> T keep(List<AutoCloseable> opened, T stage) {
        opened.add(stage);
        return stage;
    }

    private static void closeQuietly(AutoCloseable stage) {
        try {
            stage.close();
        } catch (Exception e) {
            throw new IllegalStateException("a stage's close throws nothing", e);
        }
    }

    /** The stages of the way. */
    public enum Stage {
        DETECT,
        LANDMARKS,
        ALIGN,
        QUALITY,
        LIVENESS,
        EMBED
    }

    /** Told what each stage of each face took. Called on the analysing threads: it must be thread-safe and quick. */
    @FunctionalInterface
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = (stage, nanos) -> {};

        void finished(Stage stage, long nanos);
    }
}
