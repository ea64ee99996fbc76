package io.gatehouse.devices.alarm;

import io.gatehouse.core.gate.Actuation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What every door answered to an alarm or to its end. Immutable and thread-safe.
 *
 * @param cause   why, in words for people
 * @param at      when
 * @param answers by door, in the order in which the doors were given
 * @param durable whether what is latched now is on the disk, so that it lasts over a restart
 */
public record AlarmReport(String cause, Instant at, Map<String, Actuation> answers, boolean durable) {
    public AlarmReport {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(at, "at");
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** The doors that did not say that they did it: somebody has to go there. */
    public List<String> unconfirmed() {
        return answers.entrySet().stream()
                .filter(answer -> !answer.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }
}
