package io.gatehouse.core.gate;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Identity.Known;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * What a gate does with credentials that count once: taken before anything else, used up when somebody passed, given back
 * when nobody did, and kept when nothing says which. Thread-safe if the redemptions are.
 */
record SingleUse(Redemptions redemptions, PortalId portal) {
    private static final Logger LOG = System.getLogger(Gate.class.getName());

    /** A granted single-use credential is taken before anything else happens; who cannot take it is denied. */
    Decision reserve(Identity identity, Decision decision, Checkpost checkpost) {
        Optional<RedemptionKey> key = keyOf(identity);
        if (!decision.isGranted() || key.isEmpty()) {
            return decision;
        }
        try {
            return redemptions
                    .reserve(key.get(), portal, checkpost.at())
                    .<Decision>map(Decision.Denied::because)
                    .orElse(decision);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a single-use credential could not be reserved at " + portal, e);
            return Decision.Denied.because(Reason.of(
                    "gate.redemption-failed", "It cannot be recorded that this code is used: ask the guard."));
        }
    }

    /** What cannot be written stays reserved: nobody passes with it again, and a person decides. */
    void settle(Identity identity, Confirmation.Verdict verdict, Checkpost checkpost) {
        if (verdict == Confirmation.Verdict.NOT_PASSED) {
            giveBack(identity);
        } else if (verdict.isPassed()) {
            keyOf(identity).ifPresent(key -> confirm(key, checkpost));
        }
    }

    void giveBack(Identity identity) {
        keyOf(identity).ifPresent(key -> {
            try {
                redemptions.giveBack(key, portal);
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.ERROR, "a credential could not be given back at " + portal, e);
            }
        });
    }

    private void confirm(RedemptionKey key, Checkpost checkpost) {
        try {
            redemptions.confirm(key, portal, checkpost.at());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a used credential stays reserved instead of confirmed at " + portal, e);
        }
    }

    private static Optional<RedemptionKey> keyOf(Identity identity) {
        return identity.fold(Known::redemption, unknown -> Optional.empty(), ambiguous -> Optional.empty());
    }
}
