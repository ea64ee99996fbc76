package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Whom a probe matches. Sealed, immutable, thread-safe. */
public sealed interface SearchResult {
    <T> T fold(
            Function<? super Known, ? extends T> known,
            Function<? super Ambiguous, ? extends T> ambiguous,
            Function<? super Unknown, ? extends T> unknown,
            Function<? super Refused, ? extends T> refused);

    /**
     * One person.
     *
     * @param person       who
     * @param score        −10·log10 of the false match rate of this one comparison (40 is one in 10,000); at most what the
     *                     calibration supports, unless an extrapolation was asked for
     * @param extrapolated whether the score is beyond what the calibration's data support
     */
    record Known(PersonId person, double score, boolean extrapolated) implements SearchResult {
        public Known {
            Objects.requireNonNull(person, "person");
        }

        /** With a score that the data support. */
        public Known(PersonId person, double score) {
            this(person, score, false);
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Ambiguous, ? extends T> ambiguous,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Refused, ? extends T> refused) {
            return known.apply(this);
        }
    }

    /**
     * Several people are too near to tell them apart.
     *
     * @param candidates at least two, nearest first
     */
    record Ambiguous(List<PersonId> candidates) implements SearchResult {
        public Ambiguous {
            candidates = List.copyOf(candidates);
            if (candidates.size() < 2) {
                throw new IllegalArgumentException(
                        "an ambiguous result has at least 2 candidates, not " + candidates.size());
            }
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Ambiguous, ? extends T> ambiguous,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Refused, ? extends T> refused) {
            return ambiguous.apply(this);
        }
    }

    /** Nobody whose reference may be used is near enough. */
    record Unknown() implements SearchResult {
        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Ambiguous, ? extends T> ambiguous,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Refused, ? extends T> refused) {
            return unknown.apply(this);
        }
    }

    /** The search was not made, and why. */
    record Refused(Reason reason) implements SearchResult {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Ambiguous, ? extends T> ambiguous,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
