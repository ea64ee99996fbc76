package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.FaceAnalysis.Face;
import io.gatehouse.biometrics.model.Template;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One face in one frame, for a best shot. It has a template or a reason why none was made. Immutable and thread-safe.
 *
 * @param capturedAt capture time of the frame
 * @param quality    the unified quality, 0 to 100
 * @param template   the template
 * @param refusal    why there is none
 */
public record Shot(Instant capturedAt, double quality, Optional<Template> template, Optional<Reason> refusal) {
    public Shot {
        Objects.requireNonNull(capturedAt, "capturedAt");
        if (!(quality >= 0 && quality <= 100)) {
            throw new IllegalArgumentException("a unified quality is 0 to 100, not " + quality);
        }
        if (template.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("a shot has a template or a reason why there is none");
        }
    }

    /** A shot with a template. */
    public static Shot of(Instant capturedAt, double quality, Template template) {
        return new Shot(capturedAt, quality, Optional.of(template), Optional.empty());
    }

    /** A frame without a face to look at. */
    public static Shot refused(Instant capturedAt, Reason why) {
        return new Shot(capturedAt, 0, Optional.empty(), Optional.of(why));
    }

    /** What an analyser found. */
    public static Shot of(Instant capturedAt, Face face) {
        return new Shot(
                capturedAt,
                face.quality().unified(),
                face.template(),
                face.refusals().stream().findFirst());
    }
}
