package io.gatehouse.core.gate;

import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Port that makes a credential count once: reserved atomically and durably before the door opens, confirmed when
 * somebody passed, given back when nobody did, by what the gate's {@link Confirmation} says. Implementations are thread-safe, also between gates
 * that share a store.
 */
public interface Redemptions {
    /**
     * Takes the credential for this portal.
     *
     * @return empty if it is now reserved, or the reason why it cannot be (used, or reserved by another gate)
     * @throws IOException if that cannot be made durable; then it is not reserved
     */
    Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws IOException;

    /** Somebody passed, or is assumed to have: the credential is used for ever. */
    void confirm(RedemptionKey key, PortalId portal, Instant at) throws IOException;

    /** Nobody passed: the credential may be presented again. */
    void giveBack(RedemptionKey key, PortalId portal) throws IOException;
}
