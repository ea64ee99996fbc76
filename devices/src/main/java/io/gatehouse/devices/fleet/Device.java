package io.gatehouse.devices.fleet;

import io.gatehouse.devices.fleet.firmware.FirmwareVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a device now. Immutable and thread-safe.
 *
 * @param id        the house's number
 * @param kind      what it is
 * @param place     where it is, in words for people; 1 to 200 characters
 * @param serial    the maker's number, unique for its kind; 1 to 100 characters
 * @param firmware  what runs on it, if anybody knows
 * @param bought    when it was bought
 * @param installed when it was last installed; empty before
 * @param state     where it is in its life
 * @param since     since when, in milliseconds
 * @param lastSeen  when it was last heard of, in milliseconds; empty if never
 */
public record Device(
        DeviceId id,
        DeviceKind kind,
        String place,
        String serial,
        Optional<FirmwareVersion> firmware,
        LocalDate bought,
        Optional<LocalDate> installed,
        DeviceState state,
        Instant since,
        Optional<Instant> lastSeen) {
    public Device {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(firmware, "firmware");
        Objects.requireNonNull(bought, "bought");
        Objects.requireNonNull(installed, "installed");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lastSeen, "lastSeen");
        bounded("place", place, 200);
        bounded("serial number", serial, 100);
    }

    static void bounded(String what, String value, int most) {
        if (value.isBlank() || value.length() > most) {
            throw new IllegalArgumentException(
                    "a device's " + what + " has 1 to " + most + " characters, not " + value.length());
        }
    }
}
