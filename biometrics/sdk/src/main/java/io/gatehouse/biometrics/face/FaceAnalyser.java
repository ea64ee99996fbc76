package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.AnalysisEvent.Begun;
import io.gatehouse.biometrics.face.AnalysisEvent.Ended;
import io.gatehouse.biometrics.face.AnalysisEvent.Failed;
import io.gatehouse.biometrics.face.AnalysisNarrator.Story;
import io.gatehouse.biometrics.face.FaceAnalysis.Analysed;
import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.face.FaceAnalysis.NoFace;
import io.gatehouse.biometrics.face.FaceStages.Look;
import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import io.gatehouse.biometrics.model.Calibration;
import io.gatehouse.biometrics.model.ModelPack;
import io.gatehouse.biometrics.model.ModelUnavailableException;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    private final FaceStages stages;
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
        this.stages = FaceStages.open(pack, from.liveness, options);
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
        return told(frame, options.profile(), this::allFaces);
    }

    /**
     * The face in front of the gate: the largest and most central one. If several are about equally near, nobody is
     * chosen.
     */
    public FaceAnalysis analyseNearest(Frame frame) {
        return analyseNearest(frame, options.profile());
    }

    /**
     * As {@link #analyseNearest(Frame)}, with something else asked of the face than the options say: during a challenge, which
     * makes people turn their heads, take {@link QualityProfile#CHALLENGE}.
     */
    public FaceAnalysis analyseNearest(Frame frame, QualityProfile profile) {
        return told(frame, profile, this::nearestFace);
    }

    private FaceAnalysis told(Frame frame, QualityProfile profile, Way way) {
        Objects.requireNonNull(profile, "profile");
        Story story = narrator.begin();
        admission.acquireUninterruptibly();
        try {
            return admitted(frame, profile, way, story);
        } finally {
            admission.release();
        }
    }

    private FaceAnalysis admitted(Frame frame, QualityProfile profile, Way way, Story story) {
        story.tellNow(now -> new Begun(now, frame));
        try (Picture picture = Picture.of(frame)) {
            if (closed) {
                throw new IllegalStateException("the analyser is closed: open another one to analyse frames");
            }
            FaceAnalysis analysis = way.go(new Look(frame, picture, profile, story));
            story.tellNow(now -> new Ended(now, analysis));
            return analysis;
        } catch (RuntimeException | Error e) {
            story.tellNow(now -> new Failed(now, e));
            throw e;
        }
    }

    private FaceAnalysis allFaces(Look look) {
        List<FaceBox> boxes = stages.nearestFirst(look);
        if (boxes.isEmpty()) {
            return none();
        }
        List<Face> faces = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            List<FaceBox> others = new ArrayList<>(boxes);
            others.remove(i);
            faces.add(stages.face(look, boxes.get(i), others));
        }
        return new Analysed(faces, List.of());
    }

    private FaceAnalysis nearestFace(Look look) {
        List<FaceBox> boxes = stages.nearestFirst(look);
        if (boxes.isEmpty()) {
            return none();
        }
        if (boxes.size() > 1 && look.weight(boxes.get(0)) < options.dominance() * look.weight(boxes.get(1))) {
            return new NoFace(FaceMessages.reason("face.several", boxes.size()));
        }
        List<FaceBox> others = boxes.subList(1, boxes.size());
        return new Analysed(List.of(stages.face(look, boxes.get(0), others)), others);
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

    /** Waits for the analyses that run or wait, so that no listener may call it; closing again does nothing. */
    @Override
    public void close() {
        admission.acquireUninterruptibly(options.atOnce());
        try {
            if (!closed) {
                closed = true;
                stages.close();
            }
        } finally {
            admission.release(options.atOnce());
        }
    }

    /** From a picture to what it shows. */
    @FunctionalInterface
    private interface Way {
        FaceAnalysis go(Look look);
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
