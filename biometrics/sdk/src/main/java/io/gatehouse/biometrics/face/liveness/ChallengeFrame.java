package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.model.Template;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a challenge looks at in one frame: the face in front of the camera. Immutable and thread-safe.
 *
 * @param capturedAt the frame's capture time
 * @param landmarks  the face's points, as the network gave them: two equal sets are taken for one frame shown twice
 * @param template   whose face it is, where the frame was good enough; a move counts only on frames that have one, so analyse with
 *                   {@link io.gatehouse.biometrics.face.quality.QualityProfile#CHALLENGE}, which lets turned heads be
 */
public record ChallengeFrame(Instant capturedAt, FaceLandmarks landmarks, Optional<Template> template) {
    public ChallengeFrame {
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(landmarks, "landmarks");
        Objects.requireNonNull(template, "template");
    }
}
