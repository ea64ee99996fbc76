package io.gatehouse.core.ledger;

import io.gatehouse.core.store.Backup;
import java.time.Instant;
import java.util.Objects;

/**
 * A backup that is known, and how much of the ledger is in it. Immutable and thread-safe.
 *
 * @param name       what whoever restores it knows it by
 * @param takenAt    when it was begun, or before
 * @param checkpoint the note of a checkpoint that was signed before it was taken
 */
public record LedgerBackup(String name, Instant takenAt, String checkpoint) {
    public LedgerBackup {
        Objects.requireNonNull(takenAt, "takenAt");
        Objects.requireNonNull(checkpoint, "checkpoint");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a backup has a name, so that it can be said which one to restore");
        }
    }

    /** A backup of a store, before which this checkpoint was signed. */
    public static LedgerBackup of(Backup backup, Checkpoint before) {
        return new LedgerBackup(Long.toString(backup.number()), backup.takenAt(), before.note());
    }
}
