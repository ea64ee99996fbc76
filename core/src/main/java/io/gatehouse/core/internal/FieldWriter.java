package io.gatehouse.core.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Writes the fields that entries of the ledger and buffered events are made of: numbers big-endian, a text as 2 bytes of
 * length and so many bytes of UTF-8, facts as 2 bytes of number and two texts each. {@link FieldReader} reads them. Not
 * thread-safe.
 */
public final class FieldWriter {
    private ByteBuffer bytes = ByteBuffer.allocate(512);

    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            int needed = bytes.position() + length;
            bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
        }
        return bytes;
    }

    public void octet(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    public void id(UUID id) {
        room(2 * Long.BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    /** 8 bytes of seconds since 1970-01-01T00:00Z, 4 of nanoseconds. */
    public void instant(Instant value) {
        room(Long.BYTES + Integer.BYTES).putLong(value.getEpochSecond()).putInt(value.getNano());
    }

    /**
     * Writes a text of at most 65,535 bytes.
     *
     * @throws IllegalArgumentException if it holds half a surrogate pair
     */
    public void text(String value) {
        byte[] utf8 = utf8(value);
        room(Short.BYTES + utf8.length).putShort((short) utf8.length).put(utf8);
    }

    /** Texts of a gate seldom hold a surrogate; only for those it takes an encoder, which refuses a half one. */
    private static byte[] utf8(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                return strictly(value);
            }
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] strictly(String value) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] taken = new byte[utf8.remaining()];
            utf8.get(taken);
            return taken;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text holds half a surrogate pair, which is no character", e);
        }
    }

    /** Bytes without their length. */
    public void raw(byte[] value) {
        room(value.length).put(value);
    }

    /** 4 bytes of length, then the bytes. */
    public void block(byte[] block) {
        room(Integer.BYTES + block.length).putInt(block.length).put(block);
    }

    public void facts(SortedMap<String, String> facts) {
        room(Short.BYTES).putShort((short) facts.size());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            text(fact.getKey());
            text(fact.getValue());
        }
    }

    public int size() {
        return bytes.position();
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
