package io.gatehouse.core.vault;

/**
 * What came of doing a list of shreddings again. Immutable and thread-safe.
 *
 * @param applied  how many events of the list were new to this vault and are done now
 * @param known    how many this vault knew of
 * @param missing  how many this vault knows of that are not on the list: it is older than the vault, or it was cut
 * @param isCut    whether the list does not end as its writer ends it: the last writer died, or it was cut. Look for a
 *                 whole copy then; what was cut off was not done again
 */
public record ShredReplay(long applied, long known, long missing, boolean isCut) {
    public ShredReplay {
        if (applied < 0 || known < 0 || missing < 0) {
            throw new IllegalArgumentException(
                    "numbers of events are not negative, these are " + applied + ", " + known + " and " + missing);
        }
    }
}
