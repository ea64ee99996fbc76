package io.gatehouse.devices.lift;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.place.PortalId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where somebody may go with a lift, and which buttons are free for it. Immutable and thread-safe.
 *
 * @param decisions for each restricted floor
 * @param answers   of the relays of the floors that were granted; empty if it could not be recorded
 * @param recorded  whether the decisions are in the ledger; if not, nothing was freed
 */
public record LiftAnswer(Map<PortalId, Decision> decisions, Map<PortalId, Actuation> answers, boolean recorded) {
    public LiftAnswer {
        decisions = Collections.unmodifiableMap(new LinkedHashMap<>(decisions));
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** The floors whose buttons are free now, by their relays' word. */
    public List<PortalId> freed() {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }
}
