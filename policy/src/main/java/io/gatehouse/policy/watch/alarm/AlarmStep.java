package io.gatehouse.policy.watch.alarm;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody did with an alarm. Immutable and thread-safe; {@code toString} leaves person and note out.
 *
 * @param state what it was afterwards
 * @param at    when
 * @param by    who; empty for the watch, or if whoever it is about was shredded since
 * @param note  in their words; empty if there is none, or it was shredded
 */
public record AlarmStep(AlarmState state, Instant at, Optional<PersonId> by, String note) {
    public AlarmStep {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(note, "note");
    }

    @Override
    public String toString() {
        return "AlarmStep[" + state + ", " + at + "]";
    }
}
