package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.vault.ShredReplay;
import java.util.Objects;
import java.util.Optional;

/**
 * What a restore brought back. Immutable and thread-safe.
 *
 * @param backup     the number of the backup
 * @param entries    how many ledger entries it held
 * @param shown      how many of these, from the first on, were shown to be those of a checkpoint known outside. Fewer than
 *                   {@code entries} if newer ones stand on the backup's own word; the checkpoint then covers them
 * @param missing    which entries the newest checkpoint known outside covers and the backup lacks
 * @param shreddings what came of doing the list of shreddings again; empty if there was none by the caller's word
 * @param checkpoint signed over the restored ledger, with the entry that records the restore: keep it outside
 */
public record Recovered(
        long backup,
        long entries,
        long shown,
        Optional<Missing> missing,
        Optional<ShredReplay> shreddings,
        Checkpoint checkpoint) {
    public Recovered {
        Objects.requireNonNull(missing, "missing");
        Objects.requireNonNull(shreddings, "shreddings");
        Objects.requireNonNull(checkpoint, "checkpoint");
        if (backup < 1 || entries < 0 || shown < 0 || shown > entries) {
            throw new IllegalArgumentException("a restore is of a backup from 1 on and shows at most the entries there"
                    + " are, this one: backup " + backup + ", " + shown + " of " + entries);
        }
    }

    /**
     * Entries that were signed and are not in the backup.
     *
     * @param from   the first index
     * @param to     the last index
     * @param listed how many of these, from the first on, an export had and were handed over
     */
    public record Missing(long from, long to, long listed) {
        public Missing {
            if (from < 0 || to < from || listed < 0 || listed > to - from + 1) {
                throw new IllegalArgumentException(
                        "missing are entries from " + from + " to " + to + ", of which " + listed + " are listed");
            }
        }
    }
}
