package io.gatehouse.codes.internal.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes what {@link CborReader} reads, in the shortest form. The caller writes map entries in ascending order of
 * their encoded keys (RFC 8949 §4.2.1). Used by one thread.
 */
public final class CborWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    public CborWriter integer(long value) {
        return value < 0 ? head(1, -1 - value) : head(0, value);
    }

    public CborWriter bytes(byte[] value) {
        head(2, value.length);
        out.writeBytes(value);
        return this;
    }

    public CborWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    public CborWriter bool(boolean value) {
        out.write(value ? 0xF5 : 0xF4);
        return this;
    }

    public CborWriter arrayHead(int items) {
        return head(4, items);
    }

    public CborWriter mapHead(int entries) {
        return head(5, entries);
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private CborWriter head(int major, long argument) {
        int width = argument < 24 ? 0 : argument < 1 << 8 ? 1 : argument < 1 << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
        int info = width == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(width);
        out.write(major << 5 | info);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
        return this;
    }
}
