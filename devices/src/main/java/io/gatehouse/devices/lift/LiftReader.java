package io.gatehouse.devices.lift;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Decider;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The reader in a lift's car: for a person, asks the rules about each restricted floor, records what they say, and frees
 * the buttons of those that are granted. As at a gate, the decision is durable before anything moves, and an error is a
 * denial. Thread-safe if its ports are.
 */
public final class LiftReader {
    /** Where somebody may go, recorded before buttons are freed. */
    public static final EventKind DECISION = EventKind.of("lift.decision");

    /** Which buttons were freed. */
    public static final EventKind OUTCOME = EventKind.of("lift.outcome");

    private static final Logger LOG = System.getLogger(LiftReader.class.getName());
    private static final int MAX_CHARACTERS = 2_000;

    private final Lift lift;
    private final Decider decider;
    private final EventSink ledger;
    private final InstantSource clock;

    private LiftReader(Lift lift, Decider decider, EventSink ledger, InstantSource clock) {
        this.lift = Objects.requireNonNull(lift, "lift");
        this.decider = Objects.requireNonNull(decider, "decider");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public static LiftReader create(Lift lift, Decider decider, EventSink ledger, InstantSource clock) {
        return new LiftReader(lift, decider, ledger, clock);
    }

    /** Somebody who is known stands in the car. */
    public LiftAnswer present(Identity.Known who) {
        Instant at = clock.instant();
        Map<PortalId, Decision> decisions = new LinkedHashMap<>();
        for (Portal floor : lift.floors()) {
            decisions.put(floor.id(), decide(who, floor, at));
        }
        List<PortalId> granted = decisions.entrySet().stream()
                .filter(each -> each.getValue().isGranted())
                .map(Map.Entry::getKey)
                .toList();
        if (!record(DECISION, who, at, Map.of("granted", listed(granted)))) {
            return new LiftAnswer(decisions, Map.of(), false);
        }
        Map<PortalId, Actuation> answers = lift.free(granted);
        LiftAnswer answer = new LiftAnswer(decisions, answers, true);
        record(OUTCOME, who, at, Map.of("freed", listed(answer.freed())));
        return answer;
    }

    private Decision decide(Identity.Known who, Portal floor, Instant at) {
        try {
            return Objects.requireNonNull(
                    decider.decide(new AccessRequest(who, floor, Direction.ENTRY, at)), "decision");
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "the decision failed at " + floor.id(), e);
            return Decision.Denied.because(
                    Reason.of("lift.decision-failed", "The rules could not be evaluated: ask the guard."));
        }
    }

    private boolean record(EventKind kind, Identity.Known who, Instant at, Map<String, String> facts) {
        LedgerEvent.Builder event =
                LedgerEvent.builder(kind, at).person(who.person()).fact("lift", lift.name());
        facts.forEach(event::fact);
        try {
            ledger.take(event.build());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "an event of the lift " + lift.name() + " could not be recorded", e);
            return false;
        }
    }

    private static String listed(List<PortalId> floors) {
        String text = floors.stream().map(PortalId::value).collect(Collectors.joining(","));
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }
}
