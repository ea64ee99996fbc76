package io.gatehouse.devices.sim;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * Bytes that went over a link at once. Immutable and thread-safe. {@code toString} shows the bytes, for that is what a
 * tap is for: keep it away from links whose bytes are credentials.
 *
 * @param at    when
 * @param way   which way, as seen from the tapped end
 * @param bytes what
 */
public record TapEntry(Instant at, Way way, byte[] bytes) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    /** Which way bytes went. */
    public enum Way {
        /** Read from the link. */
        IN,
        /** Written to the link. */
        OUT
    }

    public TapEntry {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(way, "way");
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TapEntry entry
                && at.equals(entry.at)
                && way == entry.way
                && Arrays.equals(bytes, entry.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, way, Arrays.hashCode(bytes));
    }

    /** Time, direction, hex: {@code 2026-11-22T08:00:00Z out 01 05 00 00 FF 00 8C 3A}. */
    @Override
    public String toString() {
        return at + " " + way.name().toLowerCase(Locale.ROOT) + " " + HEX.formatHex(bytes);
    }
}
