package io.gatehouse.devices.wiegand;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines at CR, LF or both. A line over the cap is given once as too long and skipped up to
 * its end, so that junk takes no memory and the next card is read. Not thread-safe.
 */
final class LineFramer {
    static final int MAX_LINE = 80;

    private final StringBuilder line = new StringBuilder();
    private boolean overlong;

    enum Kind {
        WHOLE,
        TOO_LONG,
        CUT
    }

    record Line(Kind kind, String text) {}

    List<Line> feed(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        for (byte each : bytes) {
            char character = (char) (each & 0xFF);
            if (character == '\r' || character == '\n') {
                end(lines, Kind.WHOLE);
            } else if (!overlong) {
                line.append(character);
                overlong = line.length() > MAX_LINE;
            }
        }
        return lines;
    }

    /** Nothing more comes for now: what has been begun is cut off, so that it does not spoil the next line. */
    List<Line> idle() {
        List<Line> lines = new ArrayList<>();
        end(lines, Kind.CUT);
        return lines;
    }

    private void end(List<Line> lines, Kind kind) {
        if (overlong) {
            lines.add(new Line(Kind.TOO_LONG, ""));
        } else if (line.length() > 0) {
            lines.add(new Line(kind, line.toString()));
        }
        line.setLength(0);
        overlong = false;
    }
}
