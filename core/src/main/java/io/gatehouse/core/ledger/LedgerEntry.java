package io.gatehouse.core.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An event with its place in the ledger. Immutable and thread-safe.
 *
 * @param index      the place, from 0, without gaps
 * @param recordedAt when the ledger took it, by the ledger's clock
 * @param event      what happened; without person and personal facts where their key was shredded since
 * @param pseudonym  lower-case hex of what stands for the person, the same in all their entries, also where the key was
 *                   shredded since and nothing tells who it is; empty if there is no person, or they were withheld
 * @param leafHash   lower-case hex of the RFC 6962 leaf hash of the entry's canonical bytes
 */
public record LedgerEntry(
        long index, Instant recordedAt, LedgerEvent event, Optional<String> pseudonym, String leafHash) {
    public LedgerEntry {
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(pseudonym, "pseudonym");
        Objects.requireNonNull(leafHash, "leafHash");
        if (index < 0) {
            throw new IllegalArgumentException("a ledger index is not negative, this one is " + index);
        }
    }

    /** An entry of a ledger that keeps no pseudonyms. */
    public LedgerEntry(long index, Instant recordedAt, LedgerEvent event, String leafHash) {
        this(index, recordedAt, event, Optional.empty(), leafHash);
    }
}
