package io.gatehouse.core.store;

import java.io.IOException;
import java.util.List;

/**
 * Port that looks at a restored database before it is put in place: that its ledger is consistent with the newest
 * checkpoint known outside, and that what was shredded since the backup is shredded again. Whatever it changes stays;
 * when it throws, the restored database is thrown away. It must close what it opens on the store, but not the store.
 * {@code core.upkeep.Recovery} does all of this for a store with vault and ledger.
 */
@FunctionalInterface
public interface RestoreCheck {
    /**
     * Checks and mends.
     *
     * @throws IOException says why this backup must not be served
     */
    void check(Store restored) throws IOException;

    /** All of these, one after the other, until one throws. */
    static RestoreCheck all(RestoreCheck... checks) {
        List<RestoreCheck> each = List.of(checks);
        return restored -> {
            for (RestoreCheck check : each) {
                check.check(restored);
            }
        };
    }
}
