package io.gatehouse.codes.redeem;

import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.util.Objects;

/**
 * A single-use credential that a gate took and of which nothing says whether it was used. Immutable and thread-safe.
 *
 * @param key        the credential
 * @param portal     the gate that took it
 * @param reservedAt when, by that gate's clock, to the millisecond
 */
public record Reservation(RedemptionKey key, PortalId portal, Instant reservedAt) {
    public Reservation {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(reservedAt, "reservedAt");
    }
}
