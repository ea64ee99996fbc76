package io.gatehouse.codes.redeem;

import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Single use at a gate whose line to the others may fail: the shared record as long as it answers, otherwise the gate's
 * own. What was taken by the gate itself stays its own until it is reported; a use that was reserved on line and cannot be
 * confirmed there is kept here and reported. Thread-safe if both are.
 */
public final class SiteRedemptions implements Redemptions {
    private final Redemptions shared;
    private final OfflineRedemptions own;

    private SiteRedemptions(Redemptions shared, OfflineRedemptions own) {
        this.shared = Objects.requireNonNull(shared, "shared");
        this.own = Objects.requireNonNull(own, "own");
    }

    /**
     * The shared record first, then the gate's own.
     *
     * @param shared throws an {@link IOException} when it cannot be reached, soon enough for somebody at the gate
     */
    public static SiteRedemptions create(Redemptions shared, OfflineRedemptions own) {
        return new SiteRedemptions(shared, own);
    }

    @Override
    public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws IOException {
        Optional<Reason> taken = own.whyNot(key);
        if (taken.isPresent()) {
            return taken;
        }
        try {
            return shared.reserve(key, portal, at);
        } catch (IOException e) {
            // If it was reserved there all the same, it was for this portal, and the report confirms it.
            return own.reserve(key, portal, at);
        }
    }

    @Override
    public void confirm(RedemptionKey key, PortalId portal, Instant at) throws IOException {
        if (own.whyNot(key).isPresent()) {
            own.confirm(key, portal, at);
            return;
        }
        try {
            shared.confirm(key, portal, at);
        } catch (IOException e) {
            own.keepUse(key, portal, at);
        }
    }

    /** {@inheritDoc} What was reserved on line and cannot be given back there stays reserved, for a person to decide. */
    @Override
    public void giveBack(RedemptionKey key, PortalId portal) throws IOException {
        if (own.whyNot(key).isPresent()) {
            own.giveBack(key, portal);
        } else {
            shared.giveBack(key, portal);
        }
    }
}
