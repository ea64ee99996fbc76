package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.model.Template;
import java.util.Objects;
import java.util.Optional;

/**
 * One face in one frame. Immutable and thread-safe.
 *
 * @param box      where it is
 * @param template whose face it is, if one was made: keeps people apart who cross
 */
public record Sighting(FaceBox box, Optional<Template> template) {
    public Sighting {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(template, "template");
    }

    public static Sighting of(FaceBox box) {
        return new Sighting(box, Optional.empty());
    }
}
