package io.gatehouse.biometrics.face.liveness;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the frames of a challenge follow one another as those of a camera do: in order, each another one, none long
 * after the last, and the face without jumps. Remembers a hash of each frame's landmarks. For one thread at a time.
 */
final class FrameOrder {
    // A head that turns about the neck carries the face along: up to about three eye distances a second.
    private static final double JUMP = 0.4;
    private static final double JUMP_PER_SECOND = 4;
    private static final double GROWTH = 1.3;
    private static final double GROWTH_PER_SECOND = 1;
    private static final int MAX_FRAMES = 4_096;

    private final ChallengeOptions options;
    private final Set<Long> seen = new HashSet<>();
    private Instant last;
    private @Nullable FaceLandmarks before;
    private int odd;

    FrameOrder(ChallengeOptions options, Instant start) {
        this.options = options;
        this.last = start;
    }

    /** What is wrong with the sequence. */
    enum Flaw {
        NONE,
        /** This one is passed over. */
        PASS_OVER,
        LOST,
        ORDER,
        REPEATED
    }

    /** Takes the time of a frame on which there is no face, or several. */
    Flaw absent(Instant capturedAt) {
        if (capturedAt.isBefore(last)) {
            return passOver(Flaw.ORDER);
        }
        return isGap(Duration.between(last, capturedAt)) ? Flaw.LOST : Flaw.PASS_OVER;
    }

    Flaw next(ChallengeFrame frame) {
        FaceLandmarks face = frame.landmarks();
        if (face.equals(before)) {
            return passOver(Flaw.REPEATED);
        }
        if (seen.contains(hash(face))) {
            return Flaw.REPEATED;
        }
        if (frame.capturedAt().isBefore(last)
                || (before != null && frame.capturedAt().equals(last))) {
            return passOver(Flaw.ORDER);
        }
        Duration since = Duration.between(last, frame.capturedAt());
        if (isGap(since) || jumped(face, since) || seen.size() >= MAX_FRAMES) {
            return Flaw.LOST;
        }
        seen.add(hash(face));
        before = face;
        last = frame.capturedAt();
        return Flaw.NONE;
    }

    /** Before there is a face nothing is lost: the person may still be coming. */
    private boolean isGap(Duration since) {
        return before != null && since.compareTo(options.gapLimit()) > 0;
    }

    private Flaw passOver(Flaw ifTooOften) {
        odd++;
        return odd > options.oddFrames() ? ifTooOften : Flaw.PASS_OVER;
    }

    private boolean jumped(FaceLandmarks face, Duration since) {
        FaceLandmarks old = before;
        if (old == null) {
            return false;
        }
        double seconds = since.toMillis() / 1_000.0;
        double size = Math.max(old.interEyePixels(), face.interEyePixels());
        double moved = Math.hypot(middle(face, 0) - middle(old, 0), middle(face, 1) - middle(old, 1));
        double grown = size / Math.max(1e-6, Math.min(old.interEyePixels(), face.interEyePixels()));
        return moved > size * (JUMP + JUMP_PER_SECOND * seconds) || grown > GROWTH + GROWTH_PER_SECOND * seconds;
    }

    /** The mean of the points between brows and mouth, on one axis. */
    private static double middle(FaceLandmarks face, int axis) {
        double sum = 0;
        for (int point = 17; point < 48; point++) {
            sum += axis == 0 ? face.x(point) : face.y(point);
        }
        return sum / 31;
    }

    /** 64 bits of FNV-1a over the numbers' bits. */
    private static long hash(FaceLandmarks face) {
        long hash = 0xCBF29CE484222325L;
        for (float value : face.points()) {
            hash = (hash ^ Float.floatToIntBits(value)) * 0x100000001B3L;
        }
        return hash;
    }
}
