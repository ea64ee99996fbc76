package io.gatehouse.core.evidence;

import io.gatehouse.core.identity.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a scanner or a camera read from a QR code or another symbol. Immutable and thread-safe; {@code toString} leaves
 * the payload out, since whoever has it has the pass.
 *
 * @param payload    the symbol's bytes, 1 to 100,000 of them: more than any QR code holds, also one that is
 *                   joined from 16 symbols and written in UTF-8
 * @param capturedAt when it was read
 * @param source     the device that read it
 */
public record CodeEvidence(byte[] payload, Instant capturedAt, String source) implements Evidence {
    private static final int MAX_PAYLOAD = 100_000;

    public CodeEvidence {
        Objects.requireNonNull(capturedAt, "capturedAt");
        Objects.requireNonNull(source, "source");
        if (payload.length == 0 || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a code has 1 to " + MAX_PAYLOAD + " bytes, this one " + payload.length);
        }
        payload = payload.clone();
    }

    public static CodeEvidence ofText(String text, Instant capturedAt, String source) {
        return new CodeEvidence(text.getBytes(StandardCharsets.UTF_8), capturedAt, source);
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** The payload as UTF-8; bytes that are not UTF-8 become replacement characters. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodeEvidence code
                && Arrays.equals(payload, code.payload)
                && capturedAt.equals(code.capturedAt)
                && source.equals(code.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(payload), capturedAt, source);
    }

    @Override
    public String toString() {
        return "CodeEvidence[" + payload.length + " bytes, " + capturedAt + ", " + source + "]";
    }

    @Override
    public Method method() {
        return Method.CODE;
    }

    @Override
    public <T> T fold(
            Function<? super FaceEvidence, ? extends T> face,
            Function<? super CodeEvidence, ? extends T> code,
            Function<? super CardEvidence, ? extends T> card,
            Function<? super ManualEvidence, ? extends T> manual) {
        return code.apply(this);
    }
}
