package io.gatehouse.core.evidence;

import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.identity.Method;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A camera's view of somebody: one or more frames of the same moment. Immutable and thread-safe.
 *
 * @param frames at least one, oldest first
 */
public record FaceEvidence(List<Frame> frames) implements Evidence {
    public FaceEvidence {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("face evidence has at least one frame");
        }
    }

    public static FaceEvidence of(Frame frame) {
        return new FaceEvidence(List.of(frame));
    }

    /** When the newest frame was captured. */
    @Override
    public Instant capturedAt() {
        return frames.get(frames.size() - 1).capturedAt();
    }

    @Override
    public String source() {
        return frames.get(0).source();
    }

    @Override
    public Method method() {
        return Method.FACE;
    }

    @Override
    public <T> T fold(
            Function<? super FaceEvidence, ? extends T> face,
            Function<? super CodeEvidence, ? extends T> code,
            Function<? super CardEvidence, ? extends T> card,
            Function<? super ManualEvidence, ? extends T> manual) {
        return face.apply(this);
    }
}
