package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.liveness.Liveness;
import io.gatehouse.biometrics.face.quality.FaceQuality;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What a frame shows. Sealed, immutable, thread-safe. */
public sealed interface FaceAnalysis {
    <T> T fold(Function<? super Analysed, ? extends T> analysed, Function<? super NoFace, ? extends T> noFace);

    /**
     * At least one face was found and looked at.
     *
     * @param faces  those looked at, the nearest to the gate first
     * @param others boxes of faces that were found but not looked at
     */
    record Analysed(List<Face> faces, List<FaceBox> others) implements FaceAnalysis {
        public Analysed {
            faces = List.copyOf(faces);
            others = List.copyOf(others);
            if (faces.isEmpty()) {
                throw new IllegalArgumentException("an analysis without a face is a NoFace");
            }
        }

        /** The largest and most central one. */
        public Face first() {
            return faces.get(0);
        }

        @Override
        public <T> T fold(
                Function<? super Analysed, ? extends T> analysed, Function<? super NoFace, ? extends T> noFace) {
            return analysed.apply(this);
        }
    }

    /** No face to look at, and why: there is none, or several are equally near. */
    record NoFace(Reason reason) implements FaceAnalysis {
        public NoFace {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Analysed, ? extends T> analysed, Function<? super NoFace, ? extends T> noFace) {
            return noFace.apply(this);
        }
    }

    /**
     * One face. It has either a template or reasons why none was made: too bad a sample, or an attack.
     *
     * @param box       where it is
     * @param landmarks its 68 points
     * @param quality   how good a sample it is
     * @param liveness  whether it is live; not checked if the quality was refused
     * @param refusals  why no template was made, the one to mend first in front; empty if one was made
     * @param template  the template
     */
    record Face(
            FaceBox box,
            FaceLandmarks landmarks,
            FaceQuality quality,
            Liveness liveness,
            List<Reason> refusals,
            Optional<Template> template) {
        public Face {
            Objects.requireNonNull(box, "box");
            Objects.requireNonNull(landmarks, "landmarks");
            Objects.requireNonNull(quality, "quality");
            Objects.requireNonNull(liveness, "liveness");
            Objects.requireNonNull(template, "template");
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty() != template.isPresent()) {
                throw new IllegalArgumentException("a face has a template or refusals, not " + refusals.size()
                        + " refusals and " + (template.isPresent() ? "a template" : "no template"));
            }
        }
    }
}
