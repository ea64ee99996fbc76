package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.AnalysisEvent.FaceAligned;
import io.gatehouse.biometrics.face.AnalysisEvent.FaceRefused;
import io.gatehouse.biometrics.face.AnalysisEvent.FacesFound;
import io.gatehouse.biometrics.face.AnalysisEvent.LandmarksLocated;
import io.gatehouse.biometrics.face.AnalysisEvent.LivenessChecked;
import io.gatehouse.biometrics.face.AnalysisEvent.QualityAssessed;
import io.gatehouse.biometrics.face.AnalysisEvent.TemplateMade;
import io.gatehouse.biometrics.face.AnalysisNarrator.Story;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
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
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The networks of one analyser, and the way of one face through them. Thread-safe but for {@link #close()}. */
final class FaceStages implements AutoCloseable {
    private final FaceDetector detector;
    private final LandmarkLocator landmarks;
    private final FaceAligner aligner;
    private final FaceQualityAssessor quality = FaceQualityAssessor.create();
    private final Optional<LivenessDetector> liveness;
    private final FaceEmbedder embedder;

    private FaceStages(
            FaceDetector detector,
            LandmarkLocator landmarks,
            FaceAligner aligner,
            Optional<LivenessDetector> liveness,
            FaceEmbedder embedder) {
        this.detector = detector;
        this.landmarks = landmarks;
        this.aligner = aligner;
        this.liveness = liveness;
        this.embedder = embedder;
    }

    /** Opens all of them or none. */
    static FaceStages open(ModelPack pack, Optional<ModelPack> livenessPack, FaceOptions options) {
        FaceAligner aligner = FaceAligner.of(pack.requireEmbedder());
        List<AutoCloseable> opened = new ArrayList<>();
        // Loading OpenCV takes as long as loading ONNX Runtime and the networks: they do not wait for each other.
        CompletableFuture<Void> pictures = CompletableFuture.runAsync(Picture::prepare);
        try {
            FaceStages stages = new FaceStages(
                    keep(
                            opened,
                            FaceDetector.open(pack, options.minFacePixels(), options.rotations(), options.threads())),
                    keep(opened, LandmarkLocator.open(pack, options.threads())),
                    aligner,
                    livenessPack.map(it ->
                            keep(opened, LivenessDetector.open(it, options.livenessThreshold(), options.threads()))),
                    keep(opened, FaceEmbedder.open(pack, options.threads())));
            pictures.join();
            return stages;
        } catch (RuntimeException e) {
            opened.forEach(FaceStages::closeQuietly);
            throw e;
        }
    }

    /**
     * What one analysis looks at.
     *
     * @param frame   as it was given
     * @param picture its pixels, for the stages
     * @param profile what is asked of a face
     * @param story   what is told of it
     */
    record Look(Frame frame, Picture picture, QualityProfile profile, Story story) {
        /** Area, less towards the picture's edges, where it counts half. */
        double weight(FaceBox box) {
            double across = 2 * box.centreX() / picture.width() - 1;
            double down = 2 * box.centreY() / picture.height() - 1;
            return box.area() * (1 - 0.5 * Math.min(1, Math.hypot(across, down)));
        }
    }

    List<FaceBox> nearestFirst(Look look) {
        return look.story.stage(
                () -> {
                    List<FaceBox> boxes = new ArrayList<>(detector.detect(look.picture));
                    boxes.sort(Comparator.comparingDouble(look::weight).reversed());
                    return boxes;
                },
                FacesFound::new);
    }

    Face face(Look look, FaceBox box, List<FaceBox> others) {
        Picture picture = look.picture;
        Story story = look.story;
        FaceLandmarks points = story.stage(
                () -> landmarks.locate(picture, box), (now, found) -> new LandmarksLocated(now, box, found));
        Frame chip = story.stage(
                () -> aligner.align(look.frame, picture, points), (now, made) -> new FaceAligned(now, box, made));
        FaceQuality measured = story.stage(
                () -> quality.assess(
                        new FaceSample(picture, box, others, points, chip, aligner.similarity(points)),
                        look.profile.measures()),
                (now, found) -> new QualityAssessed(now, box, found, look.profile.refusals(found)));
        List<Reason> refusals = look.profile.refusals(measured);
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
        return liveness.map(check -> check.check(picture, box))
                .orElseGet(() -> new Liveness.NotChecked(FaceMessages.reason("face.liveness.none")));
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
}
