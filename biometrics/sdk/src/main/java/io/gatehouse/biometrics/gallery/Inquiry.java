package io.gatehouse.biometrics.gallery;

import io.gatehouse.biometrics.gallery.SearchResult.Ambiguous;
import io.gatehouse.biometrics.gallery.SearchResult.Known;
import io.gatehouse.biometrics.gallery.SearchResult.Refused;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.ledger.LedgerEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What was asked of a gallery, as the ledger keeps it: who asked, how strictly, among whom and what came of it; no template
 * and no distance to anybody. A person stands there as the ledger has people, sealed; of several candidates only how many.
 *
 * @param claimed whom a comparison was with; empty for a search
 */
record Inquiry(Purpose purpose, SearchOptions options, Optional<PersonId> claimed) {
    private static final int MOST_CHARACTERS = 2_000;

    LedgerEvent event(Instant at, String packId, Pass pass, SearchResult answer) {
        LedgerEvent.Builder event = LedgerEvent.builder(Gallery.SEARCHED, at)
                .fact("gallery", purpose.value())
                // Searches for another purpose are recorded as refused before anybody is looked for.
                .fact("asked", purpose.value())
                .fact("kind", claimed.isPresent() ? "verify" : "identify")
                .fact("pack", packId)
                .fact("references", Integer.toString(pass.references()))
                .fact("rate", options.target().toString());
        options.caller().ifPresent(name -> event.fact("caller", name));
        if (!options.groups().isEmpty()) {
            String names = String.join(",", new TreeSet<>(options.groups()));
            event.fact("groups", names.length() <= MOST_CHARACTERS ? names : names.substring(0, MOST_CHARACTERS) + "…");
        }
        if (pass instanceof Pass.Made made) {
            event.fact("false-match-rate", Double.toString(made.threshold().falseMatchRate()));
        }
        // A key is made for each person whom the ledger names: who claims names at random must not make them.
        claimed.filter(person -> pass.references() > 0).ifPresent(event::person);
        return withAnswer(event, answer).build();
    }

    private LedgerEvent.Builder withAnswer(LedgerEvent.Builder event, SearchResult answer) {
        if (options.candidates() > 0 && claimed.isEmpty()) {
            event.fact("listed", Integer.toString(answer.nearest().size()));
        }
        return answer.fold(
                known -> withPerson(event.fact("outcome", "known"), known),
                ambiguous -> withNumber(event.fact("outcome", "ambiguous"), ambiguous),
                unknown -> event.fact("outcome", "unknown"),
                refused -> withReason(event.fact("outcome", "refused"), refused));
    }

    private static LedgerEvent.Builder withPerson(LedgerEvent.Builder event, Known known) {
        return event.person(known.person())
                .personalFact("score", Double.toString(known.score()))
                .personalFact("margin", Double.toString(known.margin()))
                .personalFact("extrapolated", Boolean.toString(known.extrapolated()));
    }

    private static LedgerEvent.Builder withNumber(LedgerEvent.Builder event, Ambiguous ambiguous) {
        return event.fact("candidates", Integer.toString(ambiguous.candidates().size()));
    }

    private static LedgerEvent.Builder withReason(LedgerEvent.Builder event, Refused refused) {
        return event.fact("reason", refused.reason().code());
    }
}
