package io.gatehouse.policy.consent.grant;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * That somebody may see data, what for and until when. Immutable and thread-safe; {@code toString} leaves the holder and
 * the words out.
 *
 * @param id        unique
 * @param holder    who may
 * @param purpose   what for, and for nothing else
 * @param dataClass which data
 * @param what      which of them and why, 1 to 1,000 characters; kept sealed
 * @param from      from when, in whole milliseconds
 * @param until     until when
 */
public record DataGrant(
        UUID id, PersonId holder, Purpose purpose, DataClass dataClass, String what, Instant from, Instant until) {
    private static final int MAX_WHAT = 1_000;

    public DataGrant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(dataClass, "dataClass");
        if (what.isBlank() || what.length() > MAX_WHAT) {
            throw new IllegalArgumentException(
                    "what is granted and why takes 1 to " + MAX_WHAT + " characters, not " + what.length());
        }
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a grant ends after it begins, not from " + from + " until " + until);
        }
    }

    @Override
    public String toString() {
        return "DataGrant[" + id + ", " + dataClass + " for " + purpose + ", until " + until + "]";
    }
}
