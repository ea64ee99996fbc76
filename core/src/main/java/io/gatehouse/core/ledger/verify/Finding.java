package io.gatehouse.core.ledger.verify;

import java.util.Objects;

/**
 * One thing that is wrong with a ledger. Immutable and thread-safe.
 *
 * @param kind  what kind of thing
 * @param index the entry it concerns, from 0, the first one of several; −1 if it concerns the ledger as a whole
 * @param words what is wrong, for a person
 */
public record Finding(Kind kind, long index, String words) {
    /** The index of what concerns the ledger as a whole. */
    public static final long WHOLE = -1;

    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(words, "words");
        if (index < WHOLE) {
            throw new IllegalArgumentException("a finding's index is at least " + WHOLE + ", not " + index);
        }
    }

    /** What kinds of things can be wrong. */
    public enum Kind {
        /** An entry, or a hash of entries, is not what was signed. */
        ALTERED,
        /** An entry that was signed is not there. */
        MISSING,
        /** An entry stands in another's place. */
        REORDERED,
        /** There is more than was signed, where only what was signed may be. */
        SURPLUS,
        /** A file ends early, or is longer than it can be. */
        MALFORMED,
        /** The checkpoint is not signed by the key that was given. */
        WRONG_KEY,
        /** The checkpoint's signature is false. */
        FALSE_SIGNATURE,
        /** Fewer witnesses cosigned the checkpoint than must have. */
        NOT_WITNESSED,
        /** An entry that says that the signing key changed is not signed by both keys, or over other entries. */
        FALSE_KEY_CHANGE,
        /** The hashes do not give the root that was signed. */
        WRONG_ROOT,
        /** The ledger is shorter than a checkpoint that is known says it was. */
        ROLLED_BACK,
        /** The ledger has another past than a checkpoint that is known. */
        FORKED
    }

    @Override
    public String toString() {
        return kind + (index == WHOLE ? "" : " at entry " + index) + ": " + words;
    }
}
