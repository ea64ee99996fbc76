package io.gatehouse.core.store;

import java.time.Instant;

/**
 * One backup of a database: a whole state of it, of which chunks that older backups hold already were not written again.
 * Immutable.
 *
 * @param number    counts up in its directory, from 1
 * @param takenAt   when
 * @param bytes     size of the database
 * @param chunks    how many chunks it consists of
 * @param newChunks how many of these this backup had to write; what a listing does not know is 0
 */
public record Backup(long number, Instant takenAt, long bytes, int chunks, int newChunks) {
    public Backup {
        if (number < 1 || bytes < 0 || chunks < 0 || newChunks < 0 || newChunks > chunks) {
            throw new IllegalArgumentException("a backup has a number of at least 1 and no negative sizes, this one: "
                    + number + ", " + bytes + " bytes, " + newChunks + " new of " + chunks + " chunks");
        }
    }
}
