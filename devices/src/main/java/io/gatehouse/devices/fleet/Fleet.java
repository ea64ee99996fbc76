package io.gatehouse.devices.fleet;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.devices.fleet.firmware.FirmwareVersion;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Port: the register of devices. Each step in a device's life is a condition on the state it was in, so that of two people
 * who take one at once exactly one does. What is refused says why in an {@link IllegalArgumentException} (a device that is
 * not there, a number that is taken) or an {@link IllegalStateException} (a step that its life does not have now).
 * Implementations are thread-safe.
 */
public interface Fleet {
    /** A device that was bought. */
    Device register(DeviceId id, DeviceKind kind, String place, String serial, LocalDate bought, PersonId who)
            throws IOException;

    Optional<Device> find(DeviceId id) throws IOException;

    /** Devices by number, after this one; at most 1 to 1,000 at once. */
    List<Device> list(Optional<DeviceId> after, int limit) throws IOException;

    /** Puts it at a place, anew after a repair; then it waits for its acceptance test. */
    Device install(DeviceId id, String place, LocalDate on, PersonId who) throws IOException;

    /** Records an acceptance test; only one that passed puts the device into service. */
    Device accept(DeviceId id, AcceptanceResult result, PersonId who) throws IOException;

    /** The acceptance tests of a device, oldest first. */
    List<AcceptanceResult> acceptances(DeviceId id) throws IOException;

    /**
     * Takes a step.
     *
     * @param who empty for what the system noticed
     * @throws IllegalStateException if its life has no such step from where it is; into service only {@link #accept} leads,
     *                               or this from a fault that was none
     */
    Device step(DeviceId id, DeviceState to, Optional<PersonId> who, String note) throws IOException;

    /** Its steps, oldest first. */
    List<LifeStep> life(DeviceId id) throws IOException;

    /** What runs on it now. */
    void firmware(DeviceId id, FirmwareVersion version) throws IOException;

    /** Notes that devices were heard of, and adds to their counters; what is older than known changes nothing. */
    void heard(Map<DeviceId, Instant> lastSeen, Map<DeviceId, Map<String, Long>> counted) throws IOException;

    /** The counters of a device: readings, faults, starts, whatever is counted. */
    Map<String, Long> counters(DeviceId id) throws IOException;

    /** Devices in service that were not heard of since then, or never since they are in service. */
    List<Device> silentSince(Instant moment) throws IOException;

    /** Plans a task, in the place of one with the same code. */
    void plan(MaintenanceTask task) throws IOException;

    /** What is due by a day at devices that are not replaced or scrapped, the longest overdue first. */
    List<MaintenanceTask> due(LocalDate by) throws IOException;

    /**
     * A task was done; it is due again after its time, or never.
     *
     * @throws IllegalArgumentException if it is not planned
     */
    void done(DeviceId id, String code, LocalDate on, PersonId who, String note) throws IOException;

    /** Takes a person's number out of everything that is kept here; how many places. */
    int forget(PersonId person) throws IOException;
}
