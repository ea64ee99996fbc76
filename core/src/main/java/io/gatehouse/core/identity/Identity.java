package io.gatehouse.core.identity;

import io.gatehouse.core.reason.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who the presented evidence shows, and how sure that is. Sealed, immutable, thread-safe; Java 17 has no switch over
 * sealed types, so {@link #fold} takes a function a case.
 */
public sealed interface Identity {

    /** Applies the function of the case that this is. */
    <T> T fold(
            Function<? super Known, ? extends T> known,
            Function<? super Unknown, ? extends T> unknown,
            Function<? super Ambiguous, ? extends T> ambiguous);

    /**
     * One person.
     *
     * @param person      who
     * @param method      by what
     * @param score       how sure, as −10·log10 of the false match rate at this comparison (40 is one in 10,000), as
     *                    SourceAFIS reports it; positive infinity where identification is not statistical (a signature)
     * @param redemption  what must be redeemed once for the passage to count, for single-use credentials
     */
    record Known(PersonId person, Method method, double score, Optional<RedemptionKey> redemption) implements Identity {
        public Known {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(redemption, "redemption");
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("the score of a known identity is not a number");
            }
        }

        public static Known of(PersonId person, Method method, double score) {
            return new Known(person, method, score, Optional.empty());
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Ambiguous, ? extends T> ambiguous) {
            return known.apply(this);
        }
    }

    /**
     * Nobody we may let stand for a person: a stranger, an attack, an unreadable or invalid credential.
     *
     * @param method what was tried
     * @param reason why nobody was identified
     */
    record Unknown(Method method, Reason reason) implements Identity {
        public Unknown {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Ambiguous, ? extends T> ambiguous) {
            return unknown.apply(this);
        }
    }

    /**
     * Several people fit too closely to tell them apart.
     *
     * @param method     by what
     * @param candidates at least two, best first
     */
    record Ambiguous(Method method, List<PersonId> candidates) implements Identity {
        public Ambiguous {
            Objects.requireNonNull(method, "method");
            candidates = List.copyOf(candidates);
            if (candidates.size() < 2) {
                throw new IllegalArgumentException(
                        "an ambiguous identity has at least 2 candidates, this one " + candidates.size());
            }
        }

        @Override
        public <T> T fold(
                Function<? super Known, ? extends T> known,
                Function<? super Unknown, ? extends T> unknown,
                Function<? super Ambiguous, ? extends T> ambiguous) {
            return ambiguous.apply(this);
        }
    }
}
