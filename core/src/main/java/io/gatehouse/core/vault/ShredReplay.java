package io.gatehouse.core.vault;

/**
 * What came of doing a list of shreddings again. Immutable and thread-safe.
 *
 * @param applied  how many events of the list were new to this vault and are done now
 * @param known    how many this vault knew of
 * @param isCut    whether the list ends within an event: its last writer died, or it was cut
 */
public record ShredReplay(long applied, long known, boolean isCut) {
    public ShredReplay {
        if (applied < 0 || known < 0) {
            throw new IllegalArgumentException(
                    "numbers of events are not negative, these are " + applied + " and " + known);
        }
    }
}
