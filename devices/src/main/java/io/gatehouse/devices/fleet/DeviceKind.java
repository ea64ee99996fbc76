package io.gatehouse.devices.fleet;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What kind of thing a device is. Houses define their own; these are the usual ones. Immutable and thread-safe.
 *
 * @param value 1 to 32 lower-case letters, digits and {@code -}
 */
public record DeviceKind(String value) {
    // First: the constants below are checked against it.
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public static final DeviceKind CAMERA = new DeviceKind("camera");
    public static final DeviceKind SCANNER = new DeviceKind("scanner");
    public static final DeviceKind CARD_READER = new DeviceKind("card-reader");
    public static final DeviceKind RELAY_BOARD = new DeviceKind("relay-board");
    public static final DeviceKind TURNSTILE = new DeviceKind("turnstile");
    public static final DeviceKind LIFT = new DeviceKind("lift");

    public DeviceKind {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "device kind '" + value + "' is not 1 to 32 lower-case letters, digits or '-'");
        }
    }

    public static DeviceKind of(String value) {
        return new DeviceKind(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
