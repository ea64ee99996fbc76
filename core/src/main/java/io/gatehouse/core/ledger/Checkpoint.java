package io.gatehouse.core.ledger;

/**
 * A signed statement of a ledger's size and root hash, in the C2SP formats {@code tlog-checkpoint} and
 * {@code signed-note}, so that others' tools can check it. Immutable and thread-safe.
 *
 * @param origin   the ledger's name, the first line of the note
 * @param size     number of entries
 * @param rootHash lower-case hex of the 32-byte RFC 6962 tree hash
 * @param note     the whole signed note
 */
public record Checkpoint(String origin, long size, String rootHash, String note) {
    public Checkpoint {
        if (size < 0 || rootHash.length() != 64) {
            throw new IllegalArgumentException(
                    "a checkpoint has a size of at least 0 and a root of 64 hex digits, this one " + size + " and "
                            + rootHash.length());
        }
    }
}
