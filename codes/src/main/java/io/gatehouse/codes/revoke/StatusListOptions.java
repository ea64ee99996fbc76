package io.gatehouse.codes.revoke;

import io.gatehouse.codes.keys.KeyScope;
import java.time.Duration;
import java.util.Objects;

/**
 * By what a gate judges status lists. Immutable and thread-safe.
 *
 * @param tenant whose lists are taken, as {@link KeyScope} names them; empty is the house itself
 * @param maxAge how old a list may be, at most: what the list itself allows counts if it is less
 * @param skew   how far the issuer's clock may be ahead of the gate's, at most an hour
 */
public record StatusListOptions(String tenant, Duration maxAge, Duration skew) {
    private static final Duration MAX_SKEW = Duration.ofHours(1);

    public StatusListOptions {
        Objects.requireNonNull(tenant, "tenant");
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("a list's greatest age is more than 0, not " + maxAge);
        }
        if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the skew is 0 to " + MAX_SKEW + ", not " + skew);
        }
    }

    /** Lists of the house itself up to a day old, clocks that differ by 30 s. */
    public static final StatusListOptions HOUSE = of(KeyScope.HOUSE);

    /** Lists of a tenant up to a day old, clocks that differ by 30 s. */
    public static StatusListOptions of(String tenant) {
        return new StatusListOptions(tenant, Duration.ofDays(1), Duration.ofSeconds(30));
    }

    public StatusListOptions withMaxAge(Duration taken) {
        return new StatusListOptions(tenant, taken, skew);
    }
}
