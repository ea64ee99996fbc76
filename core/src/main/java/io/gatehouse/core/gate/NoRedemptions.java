package io.gatehouse.core.gate;

import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Optional;

/** For a gate that keeps no record of single use: it cannot take what counts only once. */
record NoRedemptions() implements Redemptions {
    @Override
    public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) {
        return Optional.of(Reason.of(
                "gate.single-use-not-taken", "This gate does not take what counts only once: use another way."));
    }

    @Override
    public void confirm(RedemptionKey key, PortalId portal, Instant at) {
        throw new IllegalStateException("nothing was reserved here");
    }

    @Override
    public void giveBack(RedemptionKey key, PortalId portal) {
        throw new IllegalStateException("nothing was reserved here");
    }
}
