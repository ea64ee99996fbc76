package io.gatehouse.core.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Reads what {@link FieldWriter} wrote, and refuses whatever that would not have written: the same content has one form
 * only. What is refused ends {@link #whole} with the exception that its caller gave. Not thread-safe.
 */
public final class FieldReader {
    /** So many facts an entry has at most. */
    public static final int MAX_FACTS = 64;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int NANOS_A_SECOND = 1_000_000_000;

    private final ByteBuffer bytes;

    private FieldReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** What reads the fields after the format. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(FieldReader in) throws CharacterCodingException;
    }

    /** Why bytes were not what was to be read. */
    @FunctionalInterface
    public interface Refusal<E extends Exception> {
        E of(Exception cause);
    }

    /** Reads bytes that begin with a format and end with what is read. */
    public static <T, E extends Exception> T whole(byte[] bytes, int format, Reading<T> reading, Refusal<E> refusal)
            throws E {
        FieldReader in = new FieldReader(bytes);
        try {
            in.require(in.octet() == format);
            T read = reading.read(in);
            in.require(!in.bytes.hasRemaining());
            return read;
        } catch (BufferUnderflowException | CharacterCodingException | DateTimeException | IllegalArgumentException e) {
            throw refusal.of(e);
        }
    }

    public void require(boolean canonical) {
        if (!canonical) {
            throw new IllegalArgumentException("not canonical at byte " + bytes.position());
        }
    }

    public byte octet() {
        return bytes.get();
    }

    public UUID id() {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    public byte[] take(int length) {
        require(length >= 0 && length <= bytes.remaining());
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    public byte[] block() {
        return take(bytes.getInt());
    }

    public Instant instant() {
        long seconds = bytes.getLong();
        int nanos = bytes.getInt();
        require(nanos >= 0 && nanos < NANOS_A_SECOND);
        return Instant.ofEpochSecond(seconds, nanos);
    }

    public String text() throws CharacterCodingException {
        byte[] utf8 = take(bytes.getShort() & 0xFFFF);
        String text = new String(utf8, StandardCharsets.UTF_8);
        // That puts the replacement character for what is no UTF-8; a decoder that refuses it takes several times as
        // long.
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
    }

    /** A text that is empty if there is none. */
    public Optional<String> optionalText() throws CharacterCodingException {
        String text = text();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Names ascend by UTF-16 code units, each once. */
    public SortedMap<String, String> facts() throws CharacterCodingException {
        int count = bytes.getShort() & 0xFFFF;
        require(count <= MAX_FACTS);
        TreeMap<String, String> facts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            String name = text();
            require(facts.isEmpty() || facts.lastKey().compareTo(name) < 0);
            facts.put(name, text());
        }
        return facts;
    }
}
