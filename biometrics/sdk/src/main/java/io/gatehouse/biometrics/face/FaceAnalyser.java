package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.AnalysisEvent.Begun;
import io.gatehouse.biometrics.face.AnalysisEvent.Ended;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceAligned;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceRefused;
import io.gatehouse.biometrics.face.AnalysisEvent.FacesFound;
import io.gatehouse.biometrics.face.AnalysisEvent.Failed;
import io.gatehouse.biometrics.face.AnalysisEvent.LandmarksLocated;
import io.gatehouse.biometrics.face.AnalysisEvent.LivenessChecked;
import io.gatehouse.biometrics.face.AnalysisEvent.QualityAssessed;
import io.gatehouse.biometrics.face.AnalysisEvent.TemplateMade;
import io.gatehouse.biometrics.face.AnalysisNarrator.Story;
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
import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.quality.FaceQuality;
import io.gatehouse.biometrics.face.quality.FaceQualityAssessor;
import io.gatehouse.biometrics.face.quality.FaceSample;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * From a frame to faces with templates: detect → landmarks → align → quality → liveness → embed. A stage that refuses a
 * face ends its way, so that no template is made of a bad sample or an attack. Any number of threads may call one
 * analyser, of which {@link FaceOptions#atOnce()} run and the others wait, first come first served; {@link #close()} waits for them
 * and frees the networks, after which an analysis throws {@link IllegalStateException}. Opening throws {@link ModelUnavailableException} if a
 * model is missing; nothing here opens a network connection. An {@link AnalysisListener} hears what each stage finds.
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
    private final AnalysisNarrator narrator;
    // Fair: whoever waits longest is next, so that no caller starves.
    private final Semaphore admission;
    // Read with one permit and written with all of them.
    private boolean closed;

    private FaceAnalyser(Builder from) {
        this.options = from.options;
        this.pack = from.pack;
        this.narrator = new AnalysisNarrator(from.listeners);
        this.admission = new Semaphore(options.atOnce(), true);
        this.aligner = FaceAligner.of(pack.requireEmbedder());
        List<AutoCloseable> opened = new ArrayList<>();
        // Loading OpenCV takes as long as loading ONNX Runtime and the networks: they do not wait for each other.
        CompletableFuture<Void> pictures = CompletableFuture.runAsync(Picture::prepare);
        try {
            this.detector = keep(
                    opened, FaceDetector.open(pack, options.minFacePixels(), options.rotations(), options.threads()));
            this.landmarks = keep(opened, LandmarkLocator.open(pack, options.threads()));
            this.liveness = from.liveness.map(
                    it -> keep(opened, LivenessDetector.open(it, options.livenessThreshold(), options.threads())));
            this.embedder = keep(opened, FaceEmbedder.open(pack, options.threads()));
            pictures.join();
        } catch (RuntimeException e) {
            opened.forEach(FaceAnalyser::closeQuietly);
            throw e;
        }
    }

    /** For an analyser from a pack of detector, landmarks and embedder. */
    public static Builder builder(ModelPack pack) {
        return new Builder(pack);
    }

    /** An analyser with liveness check, from a pack of detector, landmarks and embedder and one of liveness. */
    public static FaceAnalyser open(ModelPack pack, ModelPack livenessPack, FaceOptions options) {
        return builder(pack).liveness(livenessPack).options(options).open();
    }

    /**
     * An analyser that takes a photograph of a face for the face. For enrolment under the eyes of a guard, and for
     * measurements; at a gate that nobody watches use {@link #open(ModelPack, ModelPack, FaceOptions)}.
     */
    public static FaceAnalyser insecureWithoutLiveness(ModelPack pack, FaceOptions options) {
        return builder(pack).insecureWithoutLiveness().options(options).open();
    }

    /** All faces of a picture, the nearest first. */
    public FaceAnalysis analyse(Frame frame) {
        return told(frame, this::allFaces);
    }

    /**
     * The face in front of the gate: the largest and most central one. If several are about equally near, nobody is
     * chosen.
     */
    public FaceAnalysis analyseNearest(Frame frame) {
        return told(frame, this::nearestFace);
    }

    private FaceAnalysis told(Frame frame, Way way) {
        Story story = narrator.begin();
        admission.acquireUninterruptibly();
        try {
            return admitted(frame, way, story);
        } finally {
            admission.release();
        }
    }

    private FaceAnalysis admitted(Frame frame, Way way, Story story) {
        story.tellNow(now -> new Begun(now, frame));
        try (Picture picture = Picture.of(frame)) {
            if (closed) {
                throw new IllegalStateException("the analyser is closed: open another one to analyse frames");
            }
            FaceAnalysis analysis = way.go(frame, picture, story);
            story.tellNow(now -> new Ended(now, analysis));
            return analysis;
        } catch (RuntimeException | Error e) {
            story.tellNow(now -> new Failed(now, e));
            throw e;
        }
    }

    private FaceAnalysis allFaces(Frame frame, Picture picture, Story story) {
        List<FaceBox> boxes = nearestFirst(picture, story);
        if (boxes.isEmpty()) {
            return none();
        }
        List<Face> faces = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            List<FaceBox> others = new ArrayList<>(boxes);
            others.remove(i);
            faces.add(face(frame, picture, boxes.get(i), others, story));
        }
        return new Analysed(faces, List.of());
    }

    private FaceAnalysis nearestFace(Frame frame, Picture picture, Story story) {
        List<FaceBox> boxes = nearestFirst(picture, story);
        if (boxes.isEmpty()) {
            return none();
        }
        if (boxes.size() > 1 && weight(boxes.get(0), picture) < options.dominance() * weight(boxes.get(1), picture)) {
            return new NoFace(FaceMessages.reason("face.several", boxes.size()));
        }
        List<FaceBox> others = boxes.subList(1, boxes.size());
        return new Analysed(List.of(face(frame, picture, boxes.get(0), others, story)), others);
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
        return new NoFace(FaceMessages.reason("face.none"));
    }

    private List<FaceBox> nearestFirst(Picture picture, Story story) {
        return story.stage(
                () -> {
                    List<FaceBox> boxes = new ArrayList<>(detector.detect(picture));
                    boxes.sort(Comparator.comparingDouble((FaceBox box) -> weight(box, picture))
                            .reversed());
                    return boxes;
                },
                FacesFound::new);
    }

    /** Area, less towards the picture's edges, where it counts half. */
    private static double weight(FaceBox box, Picture picture) {
        double across = 2 * box.centreX() / picture.width() - 1;
        double down = 2 * box.centreY() / picture.height() - 1;
        return box.area() * (1 - 0.5 * Math.min(1, Math.hypot(across, down)));
    }

    private Face face(Frame frame, Picture picture, FaceBox box, List<FaceBox> others, Story story) {
        FaceLandmarks points = story.stage(
                () -> landmarks.locate(picture, box), (now, found) -> new LandmarksLocated(now, box, found));
        Frame chip = story.stage(
                () -> aligner.align(frame, picture, points), (now, made) -> new FaceAligned(now, box, made));
        FaceQuality measured = story.stage(
                () -> quality.assess(
                        new FaceSample(picture, box, others, points, chip, aligner.similarity(points)),
                        options.profile().measures()),
                (now, found) ->
                        new QualityAssessed(now, box, found, options.profile().refusals(found)));
        List<Reason> refusals = options.profile().refusals(measured);
        if (!refusals.isEmpty()) {
            Liveness unchecked = new Liveness.NotChecked(FaceMessages.reason("face.liveness.skipped"));
            return refused(new Face(box, points, measured, unchecked, refusals, Optional.empty()), story);
        }
        Liveness live = story.stage(() -> liveness(picture, box), (now, found) -> new LivenessChecked(now, box, found));
        if (live instanceof Liveness.Attack) {
            Reason attack = FaceMessages.reason("face.attack");
            return refused(new Face(box, points, measured, live, List.of(attack), Optional.empty()), story);
        }
        Template template = story.stage(() -> embedder.embed(chip), (now, made) -> new TemplateMade(now, box, made));
        return new Face(box, points, measured, live, List.of(), Optional.of(template));
    }

    private static Face refused(Face face, Story story) {
        story.tellNow(now -> new FaceRefused(now, face.box(), face.refusals()));
        return face;
    }

    private Liveness liveness(Picture picture, FaceBox box) {
        return liveness.map(detector -> detector.check(picture, box))
                .orElseGet(() -> new Liveness.NotChecked(FaceMessages.reason("face.liveness.none")));
    }

    /** Waits for the analyses that run or wait, so that no listener may call it; closing again does nothing. */
    @Override
    public void close() {
        admission.acquireUninterruptibly(options.atOnce());
        try {
            if (!closed) {
                closed = true;
                detector.close();
                landmarks.close();
                liveness.ifPresent(LivenessDetector::close);
                embedder.close();
            }
        } finally {
            admission.release(options.atOnce());
        }
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

    /** From a picture to what it shows. */
    @FunctionalInterface
    private interface Way {
        FaceAnalysis go(Frame frame, Picture picture, Story story);
    }

    /** Opens a {@link FaceAnalyser}. Not thread-safe. Liveness, or expressly none, must be said. */
    public static final class Builder {
        private final ModelPack pack;
        private final List<AnalysisListener> listeners = new ArrayList<>();
        private FaceOptions options = FaceOptions.GATE;
        private Optional<ModelPack> liveness = Optional.empty();
        private boolean withoutLiveness;

        private Builder(ModelPack pack) {
            this.pack = Objects.requireNonNull(pack, "pack");
        }

        /** The pack whose liveness model is used. */
        public Builder liveness(ModelPack livenessPack) {
            liveness = Optional.of(livenessPack);
            return this;
        }

        /** As {@link FaceAnalyser#insecureWithoutLiveness}. */
        public Builder insecureWithoutLiveness() {
            withoutLiveness = true;
            return this;
        }

        /** {@link FaceOptions#GATE} unless something else is said. */
        public Builder options(FaceOptions how) {
            options = Objects.requireNonNull(how, "options");
            return this;
        }

        /** One more listener; they are told in the order in which they were given. */
        public Builder listener(AnalysisListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Reads the networks.
         *
         * @throws ModelUnavailableException if a model is missing or cannot be run
         * @throws IllegalStateException     if nothing was said about liveness, or two things
         */
        public FaceAnalyser open() {
            if (liveness.isPresent() == withoutLiveness) {
                throw new IllegalStateException("an analyser checks liveness or expressly does not:"
                        + " give liveness(pack) or insecureWithoutLiveness(), one of them");
            }
            return new FaceAnalyser(this);
        }
    }
}
