package io.gatehouse.devices.link;

import java.util.List;
import java.util.Objects;

/**
 * A serial port of this machine. Immutable and thread-safe.
 *
 * @param path         what a {@code serial:} URL takes, such as {@code /dev/ttyUSB0} or {@code COM3}; may be another tomorrow
 * @param stablePaths  names of the same port that stay with the device, such as those in {@code /dev/serial/by-id}; may be empty
 * @param description  what the operating system says of it
 * @param serialNumber the device's own, empty if unknown
 */
public record PortDescription(String path, List<String> stablePaths, String description, String serialNumber) {
    public PortDescription {
        Objects.requireNonNull(path, "path");
        stablePaths = List.copyOf(stablePaths);
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(serialNumber, "serialNumber");
    }

    /** The URL to keep in a configuration, with the name that stays if there is one; parameters to be added. */
    public String url() {
        return "serial:" + (stablePaths.isEmpty() ? path : stablePaths.get(0));
    }
}
