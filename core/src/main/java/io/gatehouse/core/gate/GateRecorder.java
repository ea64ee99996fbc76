package io.gatehouse.core.gate;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.decision.Obligation;
import io.gatehouse.core.evidence.Evidence;
import io.gatehouse.core.evidence.ManualEvidence;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a gate's story into its ledger or outbox. Each method says whether it could. Thread-safe if that is. */
final class GateRecorder {
    private static final Logger LOG = System.getLogger(GateRecorder.class.getName());

    /** Well below what the ledger takes: a long list of rules or a long cause must not cost the whole record. */
    private static final int MAX_CHARACTERS = 2_000;

    private final EventSink ledger;

    GateRecorder(EventSink ledger) {
        this.ledger = ledger;
    }

    boolean decision(UUID passageId, Checkpost checkpost, Evidence evidence, Identity identity, Decision decision) {
        LedgerEvent.Builder event = at(checkpost, EventKind.DECISION, identity)
                .id(passageId)
                .fact("method", evidence.method().name().toLowerCase(Locale.ROOT))
                .fact("decision", decision.isGranted() ? "granted" : "denied");
        decision.fold(
                granted -> event.fact("rules", listed(granted.rules().stream()))
                        .fact(
                                "obligations",
                                listed(granted.obligations().stream().map(Obligation::code))),
                denied -> event.fact("reasons", listed(denied.reasons().stream().map(Reason::code))));
        if (evidence instanceof ManualEvidence word && identity instanceof Identity.Known) {
            event.personalFact("guard", word.guard().value()).personalFact("note", clipped(word.note()));
        }
        return append(event);
    }

    /** The verdict is written where it says more than the door's answer does. */
    boolean outcome(
            UUID passageId, Checkpost checkpost, Identity identity, Actuation actuation, Confirmation.Verdict verdict) {
        LedgerEvent.Builder event = at(checkpost, EventKind.OUTCOME, identity)
                .zone(checkpost.portal().destination(checkpost.direction()))
                .fact("passage", passageId.toString());
        if (verdict != Confirmation.byBoard().after(actuation, checkpost)) {
            event.fact(Confirmation.Verdict.FACT, verdict.word());
        }
        return append(withActuation(event, actuation));
    }

    boolean emergency(
            Portal portal, Instant at, String command, String cause, Optional<PersonId> guard, Actuation actuation) {
        LedgerEvent.Builder event = LedgerEvent.builder(EventKind.EMERGENCY, at)
                .portal(portal.id())
                .fact("command", command)
                .fact("cause", clipped(cause));
        guard.ifPresent(event::person);
        return append(withActuation(event, actuation));
    }

    private static LedgerEvent.Builder at(Checkpost checkpost, EventKind kind, Identity identity) {
        LedgerEvent.Builder event = LedgerEvent.builder(kind, checkpost.at())
                .portal(checkpost.portal().id())
                .fact("direction", checkpost.direction().name().toLowerCase(Locale.ROOT));
        if (identity instanceof Identity.Known known) {
            event.person(known.person()).personalFact("score", Double.toString(known.score()));
        }
        return event;
    }

    private static LedgerEvent.Builder withActuation(LedgerEvent.Builder event, Actuation actuation) {
        return actuation.fold(
                () -> event.fact("actuation", "done"),
                failed -> event.fact("actuation", "failed")
                        .fact("reason", failed.reason().code()),
                noAnswer -> event.fact("actuation", "no-answer")
                        .fact("reason", noAnswer.reason().code()));
    }

    private static String listed(Stream<String> codes) {
        return clipped(codes.collect(Collectors.joining(",")));
    }

    private static String clipped(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    private boolean append(LedgerEvent.Builder builder) {
        try {
            ledger.take(builder.build());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "an event of a gate could not be recorded", e);
            return false;
        }
    }
}
