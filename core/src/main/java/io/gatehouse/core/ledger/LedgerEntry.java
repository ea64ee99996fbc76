package io.gatehouse.core.ledger;

import java.time.Instant;
import java.util.Objects;

/**
 * An event with its place in the ledger. Immutable and thread-safe.
 *
 * @param index      the place, from 0, without gaps
 * @param recordedAt when the ledger took it, by the ledger's clock
 * @param event      what happened; without person and personal facts where their key was shredded since
 * @param leafHash   lower-case hex of the RFC 6962 leaf hash of the entry's canonical bytes
 */
public record LedgerEntry(long index, Instant recordedAt, LedgerEvent event, String leafHash) {
    public LedgerEntry {
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(leafHash, "leafHash");
        if (index < 0) {
            throw new IllegalArgumentException("a ledger index is not negative, this one is " + index);
        }
    }
}
