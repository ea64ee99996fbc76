package io.gatehouse.codes.redeem;

import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import java.time.Instant;
import java.util.Objects;

/**
 * What a gate did with a single-use credential while it was off line. Immutable and thread-safe.
 *
 * @param key    the credential
 * @param portal the gate
 * @param at     when, by the gate's clock, to the millisecond
 * @param used   that somebody passed, or is assumed to have; otherwise it is reserved and nothing says
 */
public record RedemptionReport(RedemptionKey key, PortalId portal, Instant at, boolean used) {
    public RedemptionReport {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(at, "at");
    }
}
