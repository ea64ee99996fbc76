package io.gatehouse.devices.fleet.firmware;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What an image says that it is, and its bytes. Immutable and thread-safe. That somebody trusted signed it is what {@link
 * FirmwareVerifier} says.
 *
 * @param kind     the kind of device it is for, as {@code DeviceKind} writes it
 * @param version  what it is
 * @param requires the oldest version that it can be installed over
 * @param payload  what the device takes; copied in and out
 */
public record FirmwareImage(String kind, FirmwareVersion version, FirmwareVersion requires, byte[] payload) {
    /** The most bytes of a payload. */
    public static final int MAX_PAYLOAD = 64 << 20;

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    public FirmwareImage {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(requires, "requires");
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("'" + kind + "' is no kind of device");
        }
        if (requires.compareTo(version) >= 0) {
            throw new IllegalArgumentException(
                    "an image is installed over what is older: " + version + " cannot require " + requires);
        }
        if (payload.length == 0 || payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("an image has 1 to " + MAX_PAYLOAD + " bytes, not " + payload.length);
        }
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FirmwareImage image
                && kind.equals(image.kind)
                && version.equals(image.version)
                && requires.equals(image.requires)
                && Arrays.equals(payload, image.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, version, requires, Arrays.hashCode(payload));
    }

    @Override
    public String toString() {
        return "FirmwareImage[" + kind + " " + version + ", " + payload.length + " bytes]";
    }
}
