package io.gatehouse.policy.watch.violation;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A violation as it stands. Immutable and thread-safe; {@code toString} leaves the person and all words out.
 *
 * @param id         unique
 * @param kind       the id of its kind
 * @param person     whom it is about; empty if they were shredded since
 * @param at         when it was
 * @param occurrence the so manieth of its kind of this person that counts, from 1: by the decision, before that by now
 * @param allowed    the sanctions that may follow it
 * @param sanction   what follows, once that is decided and as long as it stands
 * @param evidence   what shows it; empty if it was shredded since
 * @param steps      what was done, the proposal first
 */
public record Violation(
        UUID id,
        String kind,
        Optional<PersonId> person,
        Instant at,
        int occurrence,
        Set<String> allowed,
        Optional<String> sanction,
        String evidence,
        List<Step> steps) {
    public Violation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(sanction, "sanction");
        Objects.requireNonNull(evidence, "evidence");
        allowed = Set.copyOf(allowed);
        steps = List.copyOf(steps);
    }

    public ViolationState state() {
        return steps.get(steps.size() - 1).state();
    }

    @Override
    public String toString() {
        return "Violation[" + id + ", " + kind + ", " + state() + ", " + at + "]";
    }

    /**
     * What somebody did.
     *
     * @param state what the violation was afterwards
     * @param at    when
     * @param by    who; empty for a rule, or if the person was shredded
     * @param note  in their words
     */
    public record Step(ViolationState state, Instant at, Optional<PersonId> by, String note) {
        @Override
        public String toString() {
            return "Step[" + state + ", " + at + "]";
        }
    }
}
