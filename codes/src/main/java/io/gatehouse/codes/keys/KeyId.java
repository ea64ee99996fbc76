package io.gatehouse.codes.keys;

import java.util.Locale;
import java.util.Optional;

/**
 * Names an issuer's key in two bytes ({@code kid}, RFC 9052 §3.1). Unique within a key ring and never used again for
 * another key. Immutable and thread-safe.
 *
 * @param value 0 to 65,535
 */
public record KeyId(int value) {
    private static final int MAX = 0xFFFF;

    public KeyId {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("a key id is 0 to " + MAX + ", not " + value);
        }
    }

    public static KeyId of(int value) {
        return new KeyId(value);
    }

    /** The id in these bytes, or empty if they are not two. */
    public static Optional<KeyId> fromBytes(byte[] kid) {
        return kid.length == 2 ? Optional.of(new KeyId((kid[0] & 0xFF) << 8 | (kid[1] & 0xFF))) : Optional.empty();
    }

    /** The two bytes, the higher first. */
    public byte[] toBytes() {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%04x", value);
    }
}
