package io.gatehouse.examples.quickstart.morning;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.examples.quickstart.cast.Cast;
import io.gatehouse.examples.quickstart.premises.CardReader;
import io.gatehouse.examples.quickstart.premises.Premises;
import java.io.IOException;
import java.util.Optional;

/** A card is read as Wiegand bits over a link: unknown before it is handed out, known afterwards. */
final class CardScene implements Scene {
    @Override
    public String title() {
        return "Cards";
    }

    @Override
    public void play(Premises premises, Cast cast, SceneLog log) throws IOException {
        CardReader reader = premises.cardReader();
        String who = cast.cardHolder().name();
        if (reader.isReal()) {
            log.note("Hold a 26-bit card to the reader, and once more when it was refused.");
        }
        Optional<CardEvidence> unknown = read(reader, log);
        if (unknown.isEmpty()) {
            return;
        }
        log.mustRefuse(
                "a card nobody was given", "somebody", premises.entrance().present(unknown.get()), "card.unknown");

        premises.giveCard(CardKey.of(unknown.get()), cast.cardHolder().id());
        Optional<CardEvidence> known = read(reader, log);
        known.ifPresent(card ->
                log.mustOpen("the card, handed out to", who, premises.entrance().present(card)));
        log.section(
                "What came from the card reader",
                reader.bytes().stream().map(Object::toString).toList());
    }

    private static Optional<CardEvidence> read(CardReader reader, SceneLog log) throws IOException {
        log.progress("waiting for a card");
        Stopwatch watch = Stopwatch.start();
        Optional<CardEvidence> card = reader.next();
        if (card.isEmpty()) {
            log.line("a card", "somebody", "not read", "no readable card came in time", watch.elapsed(), false);
        }
        return card;
    }
}
