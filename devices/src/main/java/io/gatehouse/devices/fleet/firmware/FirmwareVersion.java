package io.gatehouse.devices.fleet.firmware;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of firmware; compared number by number. Immutable and thread-safe.
 *
 * @param major 0 to 65,535, as the others
 * @param minor second
 * @param patch third
 */
public record FirmwareVersion(int major, int minor, int patch) implements Comparable<FirmwareVersion> {
    /** Before every other. */
    public static final FirmwareVersion NONE = new FirmwareVersion(0, 0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})");
    private static final Comparator<FirmwareVersion> ORDER = Comparator.comparingInt(FirmwareVersion::major)
            .thenComparingInt(FirmwareVersion::minor)
            .thenComparingInt(FirmwareVersion::patch);

    public FirmwareVersion {
        bounded(major);
        bounded(minor);
        bounded(patch);
    }

    /** As {@code 2.10.3}. */
    public static FirmwareVersion parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version such as 2.10.3");
        }
        return new FirmwareVersion(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    @Override
    public int compareTo(FirmwareVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }

    private static void bounded(int number) {
        if (number < 0 || number > 0xFFFF) {
            throw new IllegalArgumentException("a number of a version is 0 to 65535, not " + number);
        }
    }
}
