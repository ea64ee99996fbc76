package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntrySealer.Sealed;
import java.time.Instant;

/**
 * An event made ready to be written, all but its place. Arrays are not copied, this stays inside.
 *
 * @param sealed   what stands for the person
 * @param content  the canonical bytes
 * @param leafHash the hash of these
 */
record SealedEntry(LedgerEvent event, Instant recordedAt, Sealed sealed, byte[] content, byte[] leafHash) {
    /** Whether the event has a person who is not recorded, for they had been shredded. */
    boolean isWithheld() {
        return event.person().isPresent() && sealed.pseudonym().isEmpty();
    }
}
