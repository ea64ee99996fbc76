package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Wraps data keys by a new store key, some at a time, while others use them. Stateless. */
final class Rewrapping {
    private static final int BATCH = 1_000;

    private Rewrapping() {}

    static void run(Store store, Supplier<VaultRoot> root) throws IOException {
        byte[] from = new byte[0];
        int read;
        do {
            byte[] after = from;
            List<Wrapped> batch = store.read(connection -> VaultTables.keysAfter(connection, after, BATCH));
            read = batch.size();
            rewrap(store, root.get(), batch);
            if (read > 0) {
                from = batch.get(read - 1).id();
            }
        } while (read == BATCH);
    }

    private static void rewrap(Store store, VaultRoot newest, List<Wrapped> batch)
            throws VaultException, StoreException {
        List<Wrapped> rewrapped = new ArrayList<>();
        for (Wrapped key : batch) {
            if (!newest.isUpToDate(key)) {
                rewrapped.add(newest.rewrap(key));
            }
        }
        if (!rewrapped.isEmpty()) {
            // A key that was shredded since is no longer there to be updated.
            store.write(connection -> {
                for (Wrapped key : rewrapped) {
                    VaultTables.updateKey(connection, key);
                }
                return rewrapped.size();
            });
        }
    }
}
