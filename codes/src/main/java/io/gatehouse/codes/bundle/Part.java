package io.gatehouse.codes.bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A part of a bundle with its own age limit. Immutable and thread-safe if the value is.
 *
 * @param value  what it says
 * @param asOf   as of when, to the second, 1970 to 2106
 * @param maxAge how long after that it may be gone by, whole seconds, at least one
 */
public record Part<T>(T value, Instant asOf, Duration maxAge) {
    static final long MAX_SECONDS = 0xFFFF_FFFFL;

    public Part {
        Objects.requireNonNull(value, "value");
        if (asOf.getEpochSecond() < 0 || asOf.getEpochSecond() > MAX_SECONDS) {
            throw new IllegalArgumentException("a part of a bundle is as of 1970 to 2106, not " + asOf);
        }
        asOf = Instant.ofEpochSecond(asOf.getEpochSecond());
        if (maxAge.toSeconds() < 1 || maxAge.toSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "a part of a bundle is good for 1 to " + MAX_SECONDS + " seconds, not " + maxAge);
        }
        maxAge = Duration.ofSeconds(maxAge.toSeconds());
    }

    /** The first moment at which it is too old. */
    Instant end() {
        return asOf.plus(maxAge);
    }
}
