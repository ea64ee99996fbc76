package io.gatehouse.devices.fleet;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The house's own number of a device, as on its label. Immutable and thread-safe.
 *
 * @param value 1 to 64 letters, digits, {@code . _ -}
 */
public record DeviceId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public DeviceId {
        Objects.requireNonNull(value, "value");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "device id '" + value + "' is not 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    public static DeviceId of(String value) {
        return new DeviceId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
