package io.gatehouse.core.ledger.verify;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What the verification of a ledger found. Sealed, immutable, thread-safe. */
public sealed interface Verification {

    /** Applies the function of the case that this is. */
    <T> T fold(Function<? super Verified, ? extends T> verified, Function<? super Refuted, ? extends T> refuted);

    default boolean isVerified() {
        return this instanceof Verified;
    }

    /** The findings; none if it is verified. */
    default List<Finding> findings() {
        return fold(verified -> List.of(), Refuted::findings);
    }

    /**
     * Every entry is what was signed.
     *
     * @param origin   the ledger's name
     * @param size     how many entries the signature covers
     * @param rootHash lower-case hex of the tree hash
     * @param newest   the ledger's newest key, which changes of key lead to from the one that was given
     */
    record Verified(String origin, long size, String rootHash, VerifierKey newest) implements Verification {
        public Verified {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(rootHash, "rootHash");
            Objects.requireNonNull(newest, "newest");
        }

        @Override
        public <T> T fold(
                Function<? super Verified, ? extends T> verified, Function<? super Refuted, ? extends T> refuted) {
            return verified.apply(this);
        }
    }

    /**
     * Something is wrong.
     *
     * @param findings what and where, at least one
     * @param further  how many more there are than are listed
     */
    record Refuted(List<Finding> findings, long further) implements Verification {
        public Refuted {
            findings = List.copyOf(findings);
            if (findings.isEmpty() || further < 0) {
                throw new IllegalArgumentException("a refuted ledger has at least one finding");
            }
        }

        @Override
        public <T> T fold(
                Function<? super Verified, ? extends T> verified, Function<? super Refuted, ? extends T> refuted) {
            return refuted.apply(this);
        }
    }
}
