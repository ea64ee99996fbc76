package io.gatehouse.codes.internal.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads deterministically encoded CBOR (RFC 8949 §4.2.1) item by item, so that each value has one encoding: shortest
 * integers and lengths, definite lengths, map keys strictly ascending by their encoded bytes. Lengths are held against
 * what is left before anything is allocated. Reads integers, byte and text strings, arrays, maps and tags; floats,
 * simple values other than false, true and null, and integers beyond 63 bits are refused. Used by one thread.
 */
public final class CborReader {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int INDEFINITE = 31;
    private static final int MAX_DEPTH = 8;
    private static final int FALSE = 0xF4;

    private final byte[] data;
    private int at;

    private CborReader(byte[] data) {
        this.data = data;
    }

    /**
     * A reader of these bytes, which are not copied.
     *
     * @throws CborException if there are more than {@code maxLength}
     */
    public static CborReader of(byte[] data, int maxLength) throws CborException {
        if (data.length > maxLength) {
            throw new CborException(data.length + " bytes are more than the " + maxLength + " allowed");
        }
        return new CborReader(data);
    }

    /** What is read for each entry of a map; the value must be read, and nothing more. */
    @FunctionalInterface
    public interface IntegerEntry {
        void read(long key) throws CborException;
    }

    /** An integer from 0 to {@code max}. */
    public long readUnsigned(long max) throws CborException {
        int start = at;
        long value = argument(UNSIGNED, "an unsigned integer");
        if (value > max) {
            throw refused(start, "the integer " + value + " is more than " + max);
        }
        return value;
    }

    /** An integer of either sign. */
    public long readInteger() throws CborException {
        return nextIs(NEGATIVE) ? -1 - argument(NEGATIVE, "an integer") : argument(UNSIGNED, "an integer");
    }

    /** A byte string of at most {@code max} bytes. */
    public byte[] readBytes(int max) throws CborException {
        int length = length(BYTES, "a byte string", max);
        at += length;
        return Arrays.copyOfRange(data, at - length, at);
    }

    /** A text string of at most {@code max} bytes of well-formed UTF-8. */
    public String readText(int max) throws CborException {
        int start = at;
        int length = length(TEXT, "a text string", max);
        at += length;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, at - length, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(start, "the text is not UTF-8");
        }
    }

    /** False or true. */
    public boolean readBoolean() throws CborException {
        int value = at < data.length ? data[at] & 0xFF : -1;
        if (value != FALSE && value != FALSE + 1) {
            throw refused(at, "not false or true");
        }
        at++;
        return value != FALSE;
    }

    /** The head of an array: how many items follow, from {@code min} to {@code max}. */
    public int readArrayHead(int min, int max) throws CborException {
        int start = at;
        long count = argument(ARRAY, "an array");
        if (count < min || count > max) {
            throw refused(start, "an array of " + count + " items, not " + min + " to " + max);
        }
        return (int) count;
    }

    /**
     * A map whose keys are integers, in their order.
     *
     * @return the number of entries
     */
    public int readIntegerMap(int maxEntries, IntegerEntry entry) throws CborException {
        int start = at;
        long count = argument(MAP, "a map");
        if (count > maxEntries) {
            throw refused(start, "a map of " + count + " entries, more than " + maxEntries);
        }
        int keyStart = at;
        int keyEnd = at;
        for (int i = 0; i < count; i++) {
            int nextStart = at;
            long key = readInteger();
            if (i > 0 && compare(keyStart, keyEnd, nextStart, at) >= 0) {
                throw refused(nextStart, "the map key " + key + " is there twice or out of order");
            }
            keyStart = nextStart;
            keyEnd = at;
            entry.read(key);
        }
        return (int) count;
    }

    /** Whether a tag comes next. */
    public boolean nextIsTag() {
        return nextIs(TAG);
    }

    /** Whether a text string comes next. */
    public boolean nextIsText() {
        return nextIs(TEXT);
    }

    /** The number of a tag; what it tags follows. */
    public long readTag() throws CborException {
        return argument(TAG, "a tag");
    }

    /** Passes over one item of any kind that this reader knows. */
    public void skip() throws CborException {
        skip(MAX_DEPTH);
    }

    /** Refuses whatever is left. */
    public void requireEnd() throws CborException {
        if (at != data.length) {
            throw refused(at, (data.length - at) + " bytes too many");
        }
    }

    private void skip(int depth) throws CborException {
        if (depth == 0) {
            throw refused(at, "nested more than " + MAX_DEPTH + " deep");
        }
        if (at == data.length) {
            throw refused(at, "the end where an item should be");
        }
        int major = (data[at] & 0xFF) >>> 5;
        switch (major) {
            case UNSIGNED, NEGATIVE -> argument(major, "an integer");
            case BYTES, TEXT -> {
                // Not at += length(…): that would add to where the string's head began.
                int length = length(major, "a string", data.length);
                at += length;
            }
            case ARRAY -> skipItems(argument(ARRAY, "an array"), depth);
            case MAP -> skipMap(depth);
            case TAG -> {
                argument(TAG, "a tag");
                skip(depth - 1);
            }
            default -> skipSimple();
        }
    }

    private void skipItems(long count, int depth) throws CborException {
        for (long i = 0; i < count; i++) {
            skip(depth - 1);
        }
    }

    private void skipMap(int depth) throws CborException {
        long count = argument(MAP, "a map");
        int keyStart = at;
        int keyEnd = at;
        for (long i = 0; i < count; i++) {
            int nextStart = at;
            skip(depth - 1);
            if (i > 0 && compare(keyStart, keyEnd, nextStart, at) >= 0) {
                throw refused(nextStart, "a map key is there twice or out of order");
            }
            keyStart = nextStart;
            keyEnd = at;
            skip(depth - 1);
        }
    }

    private void skipSimple() throws CborException {
        int value = data[at] & 0x1F;
        if (value < 20 || value > 22) {
            throw refused(at, "a float or simple value other than false, true and null");
        }
        at++;
    }

    private boolean nextIs(int major) {
        return at < data.length && (data[at] & 0xFF) >>> 5 == major;
    }

    private int length(int major, String what, int max) throws CborException {
        int start = at;
        long length = argument(major, what);
        if (length > max) {
            throw refused(start, what + " of " + length + " bytes, more than " + max);
        }
        if (length > data.length - at) {
            throw refused(start, what + " of " + length + " bytes where " + (data.length - at) + " are left");
        }
        return (int) length;
    }

    private long argument(int major, String what) throws CborException {
        int start = at;
        if (!nextIs(major)) {
            throw refused(start, at == data.length ? "the end where " + what + " should be" : "not " + what);
        }
        int info = data[at++] & 0x1F;
        if (info < 24) {
            return info;
        }
        if (info == INDEFINITE) {
            throw refused(start, "an indefinite length");
        }
        if (info > 27) {
            throw refused(start, "a reserved length");
        }
        int width = 1 << (info - 24);
        long value = bigEndian(start, width);
        long smallest = width == 1 ? 24 : 1L << (4 * width);
        if (value >= 0 && value < smallest) {
            throw refused(start, "the number " + value + " in " + width + " bytes, more than it needs");
        }
        if (value < 0) {
            throw refused(start, "a number of more than 63 bits");
        }
        return value;
    }

    private long bigEndian(int start, int width) throws CborException {
        if (data.length - at < width) {
            throw refused(start, "the end within a number");
        }
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (data[at++] & 0xFF);
        }
        return value;
    }

    private int compare(int aStart, int aEnd, int bStart, int bEnd) {
        return Arrays.compareUnsigned(data, aStart, aEnd, data, bStart, bEnd);
    }

    private static CborException refused(int position, String what) {
        return new CborException(what + ", at byte " + position);
    }
}
