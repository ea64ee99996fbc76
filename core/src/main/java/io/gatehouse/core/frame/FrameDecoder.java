package io.gatehouse.core.frame;

import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;

/**
 * Port that turns the bytes of a picture file into a frame. The bytes are untrusted: implementations bound size and
 * dimensions before decoding. Implementations are thread-safe.
 */
@FunctionalInterface
public interface FrameDecoder {
    /**
     * Decodes a picture.
     *
     * @param encoded    the file's bytes
     * @param capturedAt capture time of the frame
     * @param source     source of the frame, also used in the reason of a refusal
     */
    Decoding decode(byte[] encoded, Instant capturedAt, String source);

    /** A frame, or the reason why the bytes give none. */
    sealed interface Decoding {
        <T> T fold(Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused);
    }

    /** The picture. */
    record Decoded(Frame frame) implements Decoding {
        public Decoded {
            Objects.requireNonNull(frame, "frame");
        }

        @Override
        public <T> T fold(
                Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused) {
            return decoded.apply(this);
        }
    }

    /** Why the bytes give no picture: not a picture, too large, too small, broken. */
    record Refused(Reason reason) implements Decoding {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Decoded, ? extends T> decoded, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
