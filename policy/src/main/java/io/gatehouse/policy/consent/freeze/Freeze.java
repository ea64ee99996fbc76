package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * That the use of a person's data was stopped. Immutable and thread-safe; {@code toString} leaves person and report out.
 *
 * @param id        unique
 * @param person    whose data
 * @param dataClass which
 * @param report    what was reported, 1 to 1,000 characters; kept sealed
 * @param at        since when, in whole milliseconds
 */
public record Freeze(UUID id, PersonId person, DataClass dataClass, String report, Instant at) {
    private static final int MAX_REPORT = 1_000;

    public Freeze {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(dataClass, "dataClass");
        Objects.requireNonNull(at, "at");
        if (report.isBlank() || report.length() > MAX_REPORT) {
            throw new IllegalArgumentException(
                    "a report of misuse has 1 to " + MAX_REPORT + " characters, this has " + report.length());
        }
    }

    @Override
    public String toString() {
        return "Freeze[" + id + ", " + dataClass + ", " + at + "]";
    }
}
