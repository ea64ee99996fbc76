package io.gatehouse.biometrics.fusion;

import io.gatehouse.core.reason.Reason;
import java.util.Objects;
import java.util.function.Function;

/** What several comparisons say together. Sealed, immutable, thread-safe. */
public sealed interface FusionResult {
    <T> T fold(
            Function<? super Match, ? extends T> match,
            Function<? super NoMatch, ? extends T> noMatch,
            Function<? super Incomplete, ? extends T> incomplete);

    /**
     * They are of the claimed person.
     *
     * @param score        −10·log10 of the rate with which a stranger reaches so much or more by this rule
     * @param extrapolated whether a score that it is made of is beyond what its data support
     */
    record Match(double score, boolean extrapolated) implements FusionResult {
        @Override
        public <T> T fold(
                Function<? super Match, ? extends T> match,
                Function<? super NoMatch, ? extends T> noMatch,
                Function<? super Incomplete, ? extends T> incomplete) {
            return match.apply(this);
        }
    }

    /**
     * They are not enough.
     *
     * @param score        as for {@link Match}
     * @param extrapolated as for {@link Match}
     * @param reason       what was missing
     */
    record NoMatch(double score, boolean extrapolated, Reason reason) implements FusionResult {
        public NoMatch {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Match, ? extends T> match,
                Function<? super NoMatch, ? extends T> noMatch,
                Function<? super Incomplete, ? extends T> incomplete) {
            return noMatch.apply(this);
        }
    }

    /** A modality that the rule needs was not compared, or there was one that it does not know. */
    record Incomplete(Reason reason) implements FusionResult {
        public Incomplete {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public <T> T fold(
                Function<? super Match, ? extends T> match,
                Function<? super NoMatch, ? extends T> noMatch,
                Function<? super Incomplete, ? extends T> incomplete) {
            return incomplete.apply(this);
        }
    }
}
