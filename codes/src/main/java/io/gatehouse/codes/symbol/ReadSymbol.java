package io.gatehouse.codes.symbol;

import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.frame.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A QR code that was read. Immutable and thread-safe; {@code toString} leaves the content out, since whoever has it has
 * the pass.
 *
 * @param payload what it holds, in bytes: the symbol's own where it was written in bytes, else its text in UTF-8
 * @param text    what it holds, as text
 * @param corners of the symbol without its quiet zone: the one between two finder patterns, then on along the upper edge;
 *                computed from the finder patterns' centres, so only about right under perspective; empty if the content
 *                was joined from several symbols (structured append)
 * @param how     what worked, for example {@code hybrid 1/2}
 */
public record ReadSymbol(byte[] payload, String text, List<Corner> corners, String how) {
    private static final int CORNERS = 4;

    public ReadSymbol {
        payload = payload.clone();
        corners = List.copyOf(corners);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(how, "how");
        if (payload.length == 0) {
            throw new IllegalArgumentException("a symbol that was read holds at least 1 byte");
        }
        if (!corners.isEmpty() && corners.size() != CORNERS) {
            throw new IllegalArgumentException(
                    "a symbol has " + CORNERS + " corners or none that are known, not " + corners.size());
        }
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    /** What a gate takes: the payload, with the time and source of the picture that it was read from. */
    public CodeEvidence toEvidence(Frame frame) {
        return new CodeEvidence(payload, frame.capturedAt(), frame.source());
    }

    /** Whether both are readings of one symbol: the same content, and this one's middle lies within that one. */
    boolean isSameAs(ReadSymbol other) {
        if (!Arrays.equals(payload, other.payload)) {
            return false;
        }
        return corners.isEmpty()
                || other.corners.isEmpty()
                || distance(middle(), other.middle()) < distance(other.middle(), other.corners.get(0));
    }

    private Corner middle() {
        Corner first = corners.get(0);
        Corner opposite = corners.get(2);
        return new Corner((first.x() + opposite.x()) / 2, (first.y() + opposite.y()) / 2);
    }

    private static double distance(Corner a, Corner b) {
        return Math.hypot(a.x() - b.x(), a.y() - b.y());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReadSymbol symbol
                && Arrays.equals(payload, symbol.payload)
                && text.equals(symbol.text)
                && corners.equals(symbol.corners)
                && how.equals(symbol.how);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(payload), text, corners, how);
    }

    @Override
    public String toString() {
        return "ReadSymbol[" + payload.length + " bytes, " + corners + ", " + how + "]";
    }
}
