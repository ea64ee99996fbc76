package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.VaultTables.Root;
import java.io.IOException;

/** The vault's own keys as they are opened, with how often the store key was changed until then. */
record VaultOpening(VaultRoot root, long rootChanges) {
    /** Makes the keys in a store that has none. */
    static VaultOpening open(Store store, KeyEncryptionKey outer) throws IOException {
        Stored stored = stored(store, outer);
        VaultRoot root = VaultRoot.open(stored.root(), outer);
        if (stored.root().secretsKey() == null) {
            Root complete = root.withSecretsKey(stored.root());
            store.write(connection -> VaultTables.updateRoot(connection, complete));
        }
        return new VaultOpening(root, stored.changes());
    }

    private record Stored(Root root, long changes) {}

    private static Stored stored(Store store, KeyEncryptionKey outer) throws IOException {
        if (store.read(VaultTables::root).isEmpty()) {
            Root made = VaultRoot.make().sealed(outer);
            store.write(connection -> VaultTables.insertRoot(connection, made));
        }
        return store.read(connection -> new Stored(
                VaultTables.root(connection).orElseThrow(),
                VaultTables.changes(connection).root()));
    }
}
