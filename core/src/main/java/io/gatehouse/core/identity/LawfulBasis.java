package io.gatehouse.core.identity;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * Port that is asked before a person's data are taken, searched or released: is there a lawful basis (consent, or
 * another the law allows) for this purpose now? Implementations are thread-safe and answer "no" when they cannot tell.
 */
@FunctionalInterface
public interface LawfulBasis {
    /** What there is for this person, purpose and data class at this moment. */
    Answer basisFor(PersonId person, Purpose purpose, DataClass dataClass);

    /**
     * A basis, or the reason why there is none; never both.
     *
     * @param refusal why the data may not be used; empty when they may
     */
    record Answer(Optional<Reason> refusal) {
        public Answer {
            Objects.requireNonNull(refusal, "refusal");
        }

        public static Answer lawful() {
            return new Answer(Optional.empty());
        }

        public static Answer refused(Reason reason) {
            return new Answer(Optional.of(reason));
        }

        public boolean isLawful() {
            return refusal.isEmpty();
        }
    }
}
