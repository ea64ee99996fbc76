package io.gatehouse.devices.fleet;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A step in a device's life: who, when, why. Immutable and thread-safe.
 *
 * @param device which
 * @param from   from where; empty for the first step
 * @param to     to where
 * @param at     when, in milliseconds
 * @param who    the person; empty for what the system noticed, and for a person who was forgotten
 * @param note   in words for people, at most 1,000 characters
 */
public record LifeStep(
        DeviceId device, Optional<DeviceState> from, DeviceState to, Instant at, Optional<PersonId> who, String note) {
    static final int MAX_NOTE = 1_000;

    public LifeStep {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(who, "who");
        if (note.length() > MAX_NOTE) {
            throw new IllegalArgumentException("a note has at most " + MAX_NOTE + " characters, not " + note.length());
        }
    }
}
