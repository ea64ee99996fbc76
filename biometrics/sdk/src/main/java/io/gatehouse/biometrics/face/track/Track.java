package io.gatehouse.biometrics.face.track;

import io.gatehouse.biometrics.face.detect.FaceBox;
import java.time.Instant;
import java.util.Objects;

/**
 * A face that is followed over frames, as it was when a frame had been looked at. Immutable and thread-safe.
 *
 * @param id        unlike that of any other track of the same tracker
 * @param phase     how sure it is
 * @param box       where it was last seen
 * @param firstSeen capture time of the first frame with it
 * @param lastSeen  capture time of the last frame with it
 * @param sightings in how many frames it was seen
 */
public record Track(long id, Phase phase, FaceBox box, Instant firstSeen, Instant lastSeen, int sightings) {
    /** How sure a track is. */
    public enum Phase {
        /** Seen too few times: may be a false detection. */
        TENTATIVE,
        /** Seen often enough. */
        CONFIRMED,
        /** Out of view for too long: the id does not come again. */
        ENDED
    }

    public Track {
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(lastSeen, "lastSeen");
    }
}
