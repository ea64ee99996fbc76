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

    /** The nearest people, nearest first, if the options asked for a list; among them those that the answer is. */
    List<Candidate> nearest();

    /**
     * A person and how like the probe they are.
     *
     * @param person       who
     * @param score        −10·log10 of the false match rate of this one comparison (40 is one in 10,000); at most what the
     *                     calibration supports, unless an extrapolation was asked for
     * @param extrapolated whether the score is beyond what the calibration's data support
     */
    record Candidate(PersonId person, double score, boolean extrapolated) {
        public Candidate {
            Objects.requireNonNull(person, "person");
        }
    }

    /**
     * One person.
     *
     * @param person       who
     * @param score        −10·log10 of the false match rate of this one comparison (40 is one in 10,000); at most what the
     *                     calibration supports, unless an extrapolation was asked for
     * @param extrapolated whether the score is beyond what the calibration's data support
     * @param margin       by how many score units they lead the next person that was looked at, or, if nobody else is within the
     *                     threshold, the threshold. Beyond what the data support it goes on as the calibration's tail, or in
     *                     a straight line: it ranks two people and claims no rate
     * @param nearest      see {@link #nearest()}
     */
    record Known(PersonId person, double score, boolean extrapolated, double margin, List<Candidate> nearest)
            implements SearchResult {
        public Known {
            Objects.requireNonNull(person, "person");
            nearest = List.copyOf(nearest);
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
     * @param candidates at least two, nearest first: those whom the nearest does not lead by the margin
     * @param nearest    see {@link #nearest()}
     */
    record Ambiguous(List<Candidate> candidates, List<Candidate> nearest) implements SearchResult {
        public Ambiguous {
            candidates = List.copyOf(candidates);
            nearest = List.copyOf(nearest);
            if (candidates.size() < 2) {
                throw new IllegalArgumentException(
                        "an ambiguous result has at least 2 candidates, not " + candidates.size());
            }
        }

        /** Who they are. */
        public List<PersonId> people() {
            return candidates.stream().map(Candidate::person).toList();
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

    /**
     * Nobody whose reference may be used is near enough.
     *
     * @param nearest see {@link #nearest()}
     */
    record Unknown(List<Candidate> nearest) implements SearchResult {
        public Unknown {
            nearest = List.copyOf(nearest);
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Ambiguous, ? extends T> ambiguous,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Refused, ? extends T> refused) {
            return unknown.apply(this);
        }
    }

    /**
     * The search was not made, or its answer may not be told, and why: {@code gallery.other-purpose},
     * {@code gallery.too-many-searches}, {@code gallery.pack-dropped}, {@code gallery.rate-not-supported} or
     * {@code gallery.not-recorded}.
     */
    record Refused(Reason reason) implements SearchResult {
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public List<Candidate> nearest() {
            return List.of();
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
