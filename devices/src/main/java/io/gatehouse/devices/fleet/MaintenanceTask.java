package io.gatehouse.devices.fleet;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is due at a device: again and again, or once, as an upgrade. Immutable and thread-safe.
 *
 * @param device    which
 * @param code      what, in 1 to 64 characters: {@code clean-lens}, {@code inspect-privacy}, {@code firmware-2.1.0}
 * @param due       when
 * @param everyDays how many days after it was done it is due again, 1 to 3,660; empty for once
 * @param lastDone  when it was last done; empty if never
 */
public record MaintenanceTask(
        DeviceId device, String code, LocalDate due, Optional<Integer> everyDays, Optional<LocalDate> lastDone) {
    public MaintenanceTask {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(lastDone, "lastDone");
        Device.bounded("task code", code, 64);
        everyDays.ifPresent(days -> {
            if (days < 1 || days > 3_660) {
                throw new IllegalArgumentException("a task is due again after 1 to 3,660 days, not " + days);
            }
        });
    }

    /** Due on a day and then so many days after each time. */
    public static MaintenanceTask every(int days, DeviceId device, String code, LocalDate first) {
        return new MaintenanceTask(device, code, first, Optional.of(days), Optional.empty());
    }

    /** Due once. */
    public static MaintenanceTask once(DeviceId device, String code, LocalDate due) {
        return new MaintenanceTask(device, code, due, Optional.empty(), Optional.empty());
    }
}
