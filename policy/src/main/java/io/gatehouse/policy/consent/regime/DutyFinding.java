package io.gatehouse.policy.consent.regime;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check says about one duty. Immutable and thread-safe.
 *
 * @param duty    which
 * @param state   whether it is met
 * @param message what there is, what is missing, and what to do
 * @param due     by which day
 */
public record DutyFinding(Duty duty, State state, String message, Optional<LocalDate> due) {
    public DutyFinding {
        Objects.requireNonNull(duty, "duty");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(due, "due");
    }

    /** Whether a duty is met. */
    public enum State {
        MET,
        /** Nothing is missing yet, but something will be. */
        WARNING,
        MISSING
    }
}
