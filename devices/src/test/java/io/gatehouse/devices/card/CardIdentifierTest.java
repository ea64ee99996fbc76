package io.gatehouse.devices.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.gate.Checkpost;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CardIdentifierTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Checkpost HERE = new Checkpost(
            new Portal(PortalId.of("front"), "Front door", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall")),
            Direction.ENTRY,
            NOW);

    private final CardIdentifier identifier =
            CardIdentifier.create(CardRegister.of(Map.of(new CardKey("H10301", 123, 4567), PersonId.of("anna"))));

    @Test
    void knowsTheHolderOfACard() {
        assertThat(identifier.identify(card("H10301", 123, 4567), HERE))
                .isEqualTo(Identity.Known.of(PersonId.of("anna"), Method.CARD, Double.POSITIVE_INFINITY));
    }

    @Test
    void doesNotMistakeACardOfAnotherFormatOrFacility() {
        assertThat(code(identifier.identify(card("H10302", 123, 4567), HERE))).isEqualTo("card.unknown");
        assertThat(code(identifier.identify(card("H10301", 124, 4567), HERE))).isEqualTo("card.unknown");
        assertThat(code(identifier.identify(card("H10301", 123, 4568), HERE))).isEqualTo("card.unknown");
    }

    @Test
    void saysThatTheRegisterCannotBeAsked() {
        CardIdentifier failing = CardIdentifier.create(card -> {
            throw new IOException("down");
        });
        assertThat(code(failing.identify(card("H10301", 123, 4567), HERE))).isEqualTo("card.register-unavailable");
    }

    @Test
    void keepsNumbersOutOfText() {
        assertThat(new CardKey("H10301", 123, 4567).toString()).isEqualTo("CardKey[H10301]");
    }

    private static CardEvidence card(String format, long facility, long number) {
        return new CardEvidence(format, facility, number, NOW, "front");
    }

    private static String code(Identity identity) {
        return identity.fold(known -> "known", unknown -> unknown.reason().code(), ambiguous -> "ambiguous");
    }
}
