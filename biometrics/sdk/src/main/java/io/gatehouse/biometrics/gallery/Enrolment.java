package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What became of an enrolment. Sealed, immutable, thread-safe. */
public sealed interface Enrolment {
    <T> T fold(
            Function<? super Enrolled, ? extends T> enrolled,
            Function<? super Duplicate, ? extends T> duplicate,
            Function<? super Refused, ? extends T> refused);

    /**
     * The reference is durable and can be found.
     *
     * @param reference its id
     * @param person    whose
     * @param at        when
     */
    record Enrolled(UUID reference, PersonId person, Instant at) implements Enrolment {
        public Enrolled {
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(at, "at");
        }

        @Override
        public <T> T fold(
                Function<? super Enrolled, ? extends T> enrolled,
                Function<? super Duplicate, ? extends T> duplicate,
                Function<? super Refused, ? extends T> refused) {
            return enrolled.apply(this);
        }
    }

    /**
     * Nothing was kept: the face is enrolled as somebody else already. It may be the same person under two names, a
     * mistake in the name, or somebody who looks alike; a human decides, and says so by
     * {@link EnrolmentOptions#allowingDuplicate}.
     *
     * @param candidates as whom, the likeliest first
     */
    record Duplicate(List<Candidate> candidates) implements Enrolment {
        public Duplicate {
            candidates = List.copyOf(candidates);
            if (candidates.isEmpty()) {
                throw new IllegalArgumentException("a duplicate is of somebody");
            }
        }

        /**
         * Somebody with such a face.
         *
         * @param person who
         * @param score  −10·log10 of the false match rate at their distance
         */
        public record Candidate(PersonId person, double score) {
            public Candidate {
                Objects.requireNonNull(person, "person");
            }
        }

        @Override
        public <T> T fold(
                Function<? super Enrolled, ? extends T> enrolled,
                Function<? super Duplicate, ? extends T> duplicate,
                Function<? super Refused, ? extends T> refused) {
            return duplicate.apply(this);
        }
    }

    /** Nothing was kept, and why: there is no lawful basis. */
    record Refused(Reason reason) implements Enrolment {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Enrolled, ? extends T> enrolled,
                Function<? super Duplicate, ? extends T> duplicate,
                Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
