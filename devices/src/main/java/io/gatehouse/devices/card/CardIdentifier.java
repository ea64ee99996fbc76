package io.gatehouse.devices.card;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.gate.Identifier;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * The gate's identifier for cards: asks a register whose card it is. A card proves what somebody holds, not who they
 * are, so its score is not statistical (positive infinity); Wiegand cards can be copied, and rules may ask for a second
 * method. An unknown card is {@code card.unknown}, a register that fails {@code card.register-unavailable}. Thread-safe.
 */
public final class CardIdentifier implements Identifier<CardEvidence> {
    private static final Logger LOG = System.getLogger(CardIdentifier.class.getName());

    private final CardRegister register;

    private CardIdentifier(CardRegister register) {
        this.register = Objects.requireNonNull(register, "register");
    }

    public static CardIdentifier create(CardRegister register) {
        return new CardIdentifier(register);
    }

    @Override
    public Identity identify(CardEvidence evidence, Checkpost checkpost) {
        try {
            return register.holderOf(CardKey.of(evidence))
                    .<Identity>map(holder -> Identity.Known.of(holder, Method.CARD, Double.POSITIVE_INFINITY))
                    .orElseGet(() -> unknown("card.unknown", "Nobody holds this card: ask the guard."));
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the card register cannot be asked", e);
            return unknown("card.register-unavailable", "The register of cards cannot be asked: ask the guard.");
        }
    }

    private static Identity unknown(String code, String text) {
        return new Identity.Unknown(Method.CARD, Reason.of(code, text));
    }
}
