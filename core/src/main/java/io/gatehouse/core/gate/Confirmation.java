package io.gatehouse.core.gate;

import java.util.Objects;

/**
 * Port: what counts as proof that somebody passed, for each portal its own. A single-use credential is used up, given back
 * or kept by what this says, and presence moves people by it. Implementations are thread-safe; one that throws is taken
 * for {@link Verdict#UNKNOWN}.
 */
@FunctionalInterface
public interface Confirmation {
    /**
     * Whether somebody passed after a granted decision. May wait for a sensor: the gate takes nobody else meanwhile.
     *
     * @param answer what the door's board said to the command to open
     */
    Verdict after(Actuation answer, Checkpost checkpost);

    /** The board's answer: done counts, failed does not, and no answer leaves it open. */
    static Confirmation byBoard() {
        return (answer, checkpost) ->
                answer.fold(() -> Verdict.CONFIRMED, failed -> Verdict.NOT_PASSED, noAnswer -> Verdict.UNKNOWN);
    }

    /** For a board that never answers: what it does not say to have failed is assumed, and recorded as assumed. */
    static Confirmation assumed() {
        return (answer, checkpost) ->
                answer.fold(() -> Verdict.CONFIRMED, failed -> Verdict.NOT_PASSED, noAnswer -> Verdict.ASSUMED);
    }

    /** What a sensor in the passage sees, also where the board said nothing; it is not asked if the board says that it failed. */
    static Confirmation bySensor(PassageSensor sensor) {
        Objects.requireNonNull(sensor, "sensor");
        return (answer, checkpost) -> answer instanceof Actuation.Failed
                ? Verdict.NOT_PASSED
                : switch (sensor.watch(checkpost)) {
                    case PASSED -> Verdict.CONFIRMED;
                    case NOBODY -> Verdict.NOT_PASSED;
                    case NO_ANSWER -> Verdict.UNKNOWN;
                };
    }

    /** Whether somebody passed. */
    enum Verdict {
        /** Somebody did: a single-use credential is used up. */
        CONFIRMED("confirmed"),
        /** Nothing at this portal could say so; it is held to be so, and recorded as that. */
        ASSUMED("assumed"),
        /** Nobody did: a single-use credential may be presented again. */
        NOT_PASSED("not-passed"),
        /** It should have been said and was not: a single-use credential stays reserved until a person decides. */
        UNKNOWN("unknown");

        /** The fact of a {@link io.gatehouse.core.ledger.EventKind#OUTCOME} that it is recorded under. */
        public static final String FACT = "confirmation";

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As it is recorded. */
        public String word() {
            return word;
        }

        /** Whether they are held to have passed. */
        public boolean isPassed() {
            return this == CONFIRMED || this == ASSUMED;
        }
    }
}
