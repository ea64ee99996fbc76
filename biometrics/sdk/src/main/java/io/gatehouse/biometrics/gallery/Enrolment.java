package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/** What became of an enrolment. Sealed, immutable, thread-safe. */
public sealed interface Enrolment {
    <T> T fold(Function<? super Enrolled, ? extends T> enrolled, Function<? super Refused, ? extends T> refused);

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
                Function<? super Enrolled, ? extends T> enrolled, Function<? super Refused, ? extends T> refused) {
            return enrolled.apply(this);
        }
    }

    /** Nothing was kept, and why: there is no lawful basis. */
    record Refused(Reason reason) implements Enrolment {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Enrolled, ? extends T> enrolled, Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
