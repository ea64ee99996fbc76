package io.gatehouse.core.gate;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.Identity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole story of one presentation of evidence at a gate. Immutable and thread-safe.
 *
 * @param checkpost where and when
 * @param identity  who the evidence shows
 * @param decision  may they pass, and why
 * @param actuation what the door answered; empty if it was not asked to move
 * @param passed    whether somebody passed, by what counts as proof at this gate; empty if the door was not asked to move
 * @param recording how much of it is in the ledger
 * @param times     how long each stage took
 */
public record Passage(
        Checkpost checkpost,
        Identity identity,
        Decision decision,
        Optional<Actuation> actuation,
        Optional<Confirmation.Verdict> passed,
        Recording recording,
        Times times) {
    public Passage {
        Objects.requireNonNull(checkpost, "checkpost");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(actuation, "actuation");
        Objects.requireNonNull(passed, "passed");
        Objects.requireNonNull(recording, "recording");
        Objects.requireNonNull(times, "times");
    }

    /** Whether the decision was to let them in and the door says that it opened. */
    public boolean isOpened() {
        return decision.isGranted() && actuation.filter(Actuation::isDone).isPresent();
    }

    /** How much of a passage is in the ledger. */
    public enum Recording {
        /** The decision and, if the door was asked to move, its answer. */
        COMPLETE,
        /** The decision, but not the door's answer. */
        DECISION_ONLY,
        /** Nothing. */
        NONE
    }

    /**
     * How long each stage took.
     *
     * @param identify from evidence to identity
     * @param decide   from identity to decision, with the reservation of single-use credentials
     * @param record   making the decision, the use of single-use credentials and the outcome durable
     * @param actuate  the door, and whether somebody passed
     */
    public record Times(Duration identify, Duration decide, Duration record, Duration actuate) {
        public Times {
            Objects.requireNonNull(identify, "identify");
            Objects.requireNonNull(decide, "decide");
            Objects.requireNonNull(record, "record");
            Objects.requireNonNull(actuate, "actuate");
        }

        public Duration total() {
            return identify.plus(decide).plus(record).plus(actuate);
        }
    }
}
