package io.gatehouse.devices.wiegand.pulse;

import java.util.Objects;

/**
 * One change of one data line. Both rest high; a pulse is a short time low, on D0 for a 0 and on D1 for a 1. Immutable and
 * thread-safe.
 *
 * @param line    which line
 * @param falling whether it went low
 * @param nanos   when, on a clock that only goes forward and is the same for both lines
 */
public record Edge(Line line, boolean falling, long nanos) {
    /** The two data lines. */
    public enum Line {
        D0,
        D1
    }

    public Edge {
        Objects.requireNonNull(line, "line");
    }
}
