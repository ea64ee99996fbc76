package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.PersonId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes what a watch finds, such as a register of alarms. Thread-safe. */
@FunctionalInterface
public interface FindingSink {
    /**
     * Takes findings, in their order. They may come again, after a failure or when a watch begins anew; each is one by its
     * {@link Finding#id}.
     *
     * @throws IOException if they cannot be taken; none of them counts as taken then, and they come again
     */
    void take(List<Found> found) throws IOException;

    /**
     * A finding with the name of whom it is about.
     *
     * @param person empty if it is about nobody, or nobody can tell any more who it was
     */
    record Found(Finding finding, Optional<PersonId> person) {
        public Found {
            Objects.requireNonNull(finding, "finding");
            Objects.requireNonNull(person, "person");
        }

        /** Without the person, for it may come into a log. */
        @Override
        public String toString() {
            return "Found[" + finding + "]";
        }
    }
}
