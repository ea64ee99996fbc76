package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.wiegand.pulse.Edge.Line;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that {@code gpiomon} of libgpiod prints, in the formats that {@link GpioMonitor} asks for: version 1's
 * {@code %o %e %s %n} (0 falling, 1 rising, seconds and nanoseconds apart) and version 2's {@code %o %e %S} (2 falling, 1 rising,
 * seconds with a fraction).
 */
record GpioLineCodec(int offset0, int offset1) {
    private static final Pattern VERSION_1 = Pattern.compile("(\\d{1,5}) ([01]) +(\\d{1,9}) +(\\d{1,9})");
    private static final Pattern VERSION_2 = Pattern.compile("(\\d{1,5}) ([12]) +(\\d{1,9})\\.(\\d{9})");
    private static final long NANOS = 1_000_000_000L;

    GpioLineCodec {
        if (offset0 < 0 || offset1 < 0 || offset0 == offset1) {
            throw new IllegalArgumentException(
                    "D0 and D1 are two different lines of the chip, not " + offset0 + " and " + offset1);
        }
    }

    /** Empty if it is in neither format, or of another line. */
    Optional<Edge> decode(String text) {
        Matcher first = VERSION_1.matcher(text);
        if (first.matches()) {
            return edge(first, first.group(2).equals("0"));
        }
        Matcher second = VERSION_2.matcher(text);
        return second.matches() ? edge(second, second.group(2).equals("2")) : Optional.empty();
    }

    private Optional<Edge> edge(Matcher parts, boolean falling) {
        int offset = Integer.parseInt(parts.group(1));
        if (offset != offset0 && offset != offset1) {
            return Optional.empty();
        }
        long nanos = Long.parseLong(parts.group(3)) * NANOS + Long.parseLong(parts.group(4));
        return Optional.of(new Edge(offset == offset0 ? Line.D0 : Line.D1, falling, nanos));
    }
}
