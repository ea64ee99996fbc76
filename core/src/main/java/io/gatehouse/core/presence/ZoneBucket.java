package io.gatehouse.core.presence;

import java.time.Instant;
import java.util.Objects;

/**
 * One step of a zone's history. Immutable and thread-safe.
 *
 * @param start    its first moment
 * @param entered  how many came in during it
 * @param left     how many went out during it
 * @param occupied how many were there at its end
 */
public record ZoneBucket(Instant start, int entered, int left, int occupied) {
    public ZoneBucket {
        Objects.requireNonNull(start, "start");
    }
}
