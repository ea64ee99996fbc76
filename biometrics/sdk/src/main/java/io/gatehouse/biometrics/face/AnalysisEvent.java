package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.liveness.Liveness;
import io.gatehouse.biometrics.face.quality.FaceQuality;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;

/**
 * What an {@link AnalysisListener} hears: one event for everything that a stage found out, in the order of the way.
 * Between {@link Begun} and {@link Ended} or {@link Failed} comes {@link FacesFound}, and then for each face that is
 * looked at, one face after the other, {@link LandmarksLocated}, {@link FaceAligned}, {@link QualityAssessed}, where the
 * quality was good enough {@link LivenessChecked}, and {@link TemplateMade} or {@link FaceRefused}. Sealed, immutable,
 * thread-safe.
 */
public sealed interface AnalysisEvent {
    /** Which analysis this belongs to, and when it happened. */
    Moment moment();

    /**
     * When something happened.
     *
     * @param analysis     the number of the analysis, counted by its analyser from 1: events of analyses that run at the
     *                     same time come mixed
     * @param elapsedNanos since the analysis began, by the clock of {@link System#nanoTime()}; listeners are waited for
     *                     and count
     * @param tookNanos    of it the stage that this event tells of; 0 where no stage ran
     */
    record Moment(long analysis, long elapsedNanos, long tookNanos) {
        public Moment {
            if (analysis < 1 || elapsedNanos < 0 || tookNanos < 0) {
                throw new IllegalArgumentException("a moment of an analysis counts from 1 and 0, not " + analysis + ", "
                        + elapsedNanos + " ns, " + tookNanos + " ns");
            }
        }
    }

    /** It is the frame's turn; the time elapsed so far is what it waited for others. */
    record Begun(Moment moment, Frame frame) implements AnalysisEvent {
        public Begun {
            requireAll(moment, frame);
        }
    }

    /** The detector looked: all faces, the nearest to the gate first; none is an empty list. */
    record FacesFound(Moment moment, List<FaceBox> boxes) implements AnalysisEvent {
        public FacesFound {
            Objects.requireNonNull(moment, "moment");
            boxes = List.copyOf(boxes);
        }
    }

    /** The 68 points of a face. */
    record LandmarksLocated(Moment moment, FaceBox box, FaceLandmarks landmarks) implements AnalysisEvent {
        public LandmarksLocated {
            requireAll(moment, box, landmarks);
        }
    }

    /** A face laid out as the embedder wants it. */
    record FaceAligned(Moment moment, FaceBox box, Frame chip) implements AnalysisEvent {
        public FaceAligned {
            requireAll(moment, box, chip);
        }
    }

    /** How good a sample it is, and why it is not good enough; no refusal if it is. */
    record QualityAssessed(Moment moment, FaceBox box, FaceQuality quality, List<Reason> refusals)
            implements AnalysisEvent {
        public QualityAssessed {
            requireAll(moment, box, quality);
            refusals = List.copyOf(refusals);
        }
    }

    /** Whether it is live; also told, as not checked, where the analyser has no liveness check. */
    record LivenessChecked(Moment moment, FaceBox box, Liveness liveness) implements AnalysisEvent {
        public LivenessChecked {
            requireAll(moment, box, liveness);
        }
    }

    /** A template was made. */
    record TemplateMade(Moment moment, FaceBox box, Template template) implements AnalysisEvent {
        public TemplateMade {
            requireAll(moment, box, template);
        }
    }

    /** No template was made of a face, and why. */
    record FaceRefused(Moment moment, FaceBox box, List<Reason> refusals) implements AnalysisEvent {
        public FaceRefused {
            requireAll(moment, box);
            refusals = List.copyOf(refusals);
        }
    }

    /** The answer that the caller gets. */
    record Ended(Moment moment, FaceAnalysis analysis) implements AnalysisEvent {
        public Ended {
            requireAll(moment, analysis);
        }
    }

    /** The caller gets this exception, for example since the analyser is closed or a network answered no number. */
    record Failed(Moment moment, Throwable failure) implements AnalysisEvent {
        public Failed {
            requireAll(moment, failure);
        }
    }

    private static void requireAll(Object... parts) {
        for (Object part : parts) {
            Objects.requireNonNull(part, "a part of an event");
        }
    }
}
