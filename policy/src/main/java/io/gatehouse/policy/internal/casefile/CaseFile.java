package io.gatehouse.policy.internal.casefile;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A case with all its steps. Immutable and thread-safe.
 *
 * @param id     unique
 * @param person whom it is about; empty if nobody, or they were shredded
 * @param index  what it is searched by
 * @param steps  at least one; without what was sealed under a key that was shredded
 */
public record CaseFile(UUID id, Optional<PersonId> person, Index index, List<Step> steps) {
    public CaseFile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(index, "index");
        steps = List.copyOf(steps);
    }

    public Step first() {
        return steps.get(0);
    }

    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** The latest of this kind. */
    public Optional<Step> last(String kind) {
        return steps.stream().filter(step -> step.kind().equals(kind)).reduce((one, other) -> other);
    }

    @Override
    public String toString() {
        return "CaseFile[" + id + ", " + index + ", " + steps.size() + " steps]";
    }

    /**
     * What a case is searched by.
     *
     * @param topic what it is about, in clear; names nobody
     * @param state its state, a word
     * @param due   when somebody has to be reminded of it, if ever
     */
    public record Index(String topic, String state, Optional<Instant> due) {
        public Index {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(due, "due");
        }

        public static Index of(String topic, String state) {
            return new Index(topic, state, Optional.empty());
        }
    }
}
