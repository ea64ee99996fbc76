package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.VaultTables.Wrapped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The data keys of a store, made when they are first needed. Thread-safe. */
final class DataKeys {
    private final Store store;
    private final KeyCache cache = new KeyCache();
    private final KeyChanges changes;
    private final RootInForce root;

    DataKeys(Store store, VaultRoot root, long rootChanges) {
        this.store = store;
        this.changes = new KeyChanges(store);
        this.root = new RootInForce(store, root, rootChanges);
    }

    VaultRoot root() {
        return root.get();
    }

    /** Before a cached key is used: another program may have destroyed it. */
    private void heedOthers() throws IOException {
        if (store.isShared() && !changes.isTogether()) {
            VaultTables.Changes counted = changes.ask();
            cache.changed(counted.keys());
            root.require(counted.root());
        }
    }

    /** Whether something cannot be opened because another program changed the store key; then that is said. */
    void requireSameRoot() throws IOException {
        root.require(store.read(VaultTables::changes).root());
    }

    <T extends @Nullable Object> T together(Vault.Calls<T> calls) throws IOException {
        if (!store.isShared() || changes.isTogether()) {
            return calls.run();
        }
        heedOthers();
        return changes.together(calls);
    }

    /** The key for new data, made if there is none; empty if the subject was shredded. */
    Optional<DataKey> newest(byte[] subject) throws IOException {
        return keyOf(subject, subject, keys -> keys.get(0));
    }

    /** The key to hash with. It is the first one, so that a hash stays the same when the key for data changes. */
    Optional<DataKey> first(byte[] subject) throws IOException {
        return keyOf(subject, KeyCache.nameOfFirst(subject), keys -> keys.get(keys.size() - 1));
    }

    /** As {@link #first}, but makes none. */
    Optional<DataKey> firstIfAny(byte[] subject) throws IOException {
        return keyOf(subject, KeyCache.nameOfFirst(subject), keys -> keys.get(keys.size() - 1), DataKeys::keysOf);
    }

    private interface Choice {
        Wrapped of(List<Wrapped> newestFirst);
    }

    private interface Finding {
        List<Wrapped> find(DataKeys here, VaultRoot root, byte[] subject) throws IOException;
    }

    private Optional<DataKey> keyOf(byte[] subject, byte[] name, Choice choice) throws IOException {
        return keyOf(subject, name, choice, DataKeys::keysOrNew);
    }

    private Optional<DataKey> keyOf(byte[] subject, byte[] name, Choice choice, Finding finding) throws IOException {
        heedOthers();
        DataKey cached = cache.get(name);
        if (cached != null) {
            return Optional.of(cached);
        }
        long epoch = cache.epoch();
        return root.keep(kept -> {
            List<Wrapped> stored = finding.find(this, kept, subject);
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            DataKey key = kept.unwrap(choice.of(stored));
            cache.offer(name, key, epoch);
            return Optional.of(key);
        });
    }

    private List<Wrapped> keysOf(VaultRoot kept, byte[] subject) throws IOException {
        return root.read(connection -> StoredKeys.of(connection, subject)).sound(subject);
    }

    private List<Wrapped> keysOrNew(VaultRoot kept, byte[] subject) throws IOException {
        List<Wrapped> stored = keysOf(kept, subject);
        return stored.isEmpty() ? root.write(connection -> keysOrNew(connection, kept, subject), List.of()) : stored;
    }

    /** Makes a key unless somebody else just did; empty if the subject was shredded. */
    private static List<Wrapped> keysOrNew(Connection connection, VaultRoot root, byte[] subject) throws SQLException {
        if (VaultTables.shredded(connection, subject).isPresent()) {
            return List.of();
        }
        List<Wrapped> others = VaultTables.keysOf(connection, subject);
        if (!others.isEmpty()) {
            return others;
        }
        Wrapped made = root.makeKey(subject);
        VaultTables.insertKey(connection, made);
        return List.of(made);
    }

    /** Makes a key for what is sealed from now on; false if the subject was shredded. */
    boolean rotate(byte[] subject) throws IOException {
        boolean rotated = root.keep(kept -> root.write(
                connection -> {
                    if (VaultTables.shredded(connection, subject).isPresent()) {
                        return false;
                    }
                    VaultTables.insertKey(connection, kept.makeKey(subject));
                    VaultTables.countKeyChange(connection);
                    return true;
                },
                false));
        cache.evict(subject, List.of());
        return rotated;
    }

    /** The key that sealed these bytes; empty if it was shredded. */
    Optional<DataKey> thatSealed(byte[] sealed) throws IOException {
        if (!DataKey.isSealed(sealed)) {
            throw new VaultException("These are no sealed bytes of this vault, or they were cut or altered.");
        }
        heedOthers();
        byte[] id = DataKey.idIn(sealed);
        DataKey cached = cache.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        long epoch = cache.epoch();
        Optional<DataKey> stored = root.keep(kept -> {
            Optional<Wrapped> row = root.read(connection -> VaultTables.keyById(connection, id));
            return row.isPresent() ? Optional.of(kept.unwrap(row.get())) : Optional.empty();
        });
        if (stored.isPresent()) {
            cache.offer(id, stored.get(), epoch);
        } else if (!store.read(connection -> VaultTables.isDestroyed(connection, id))) {
            throw new VaultException(
                    "Sealed bytes were altered, or sealed in another vault, or the row of their key was"
                            + " lost: they name a key that is neither here nor was shredded. Restore the last backup.");
        }
        return stored;
    }

    /** Keys by their ids, of those that are here. They are the caller's alone: so many would drive all others out. */
    Map<Long, DataKey> allOf(long[] ids) throws IOException {
        return root.keep(kept -> {
            List<Wrapped> rows = root.read(connection -> VaultTables.keysByIds(connection, ids));
            Map<Long, DataKey> keys = new HashMap<>(2 * rows.size());
            for (Wrapped row : rows) {
                keys.put(row.idNumber(), kept.unwrap(row));
            }
            return keys;
        });
    }

    @FunctionalInterface
    interface Shredding<T> {
        T run(Connection connection, List<Wrapped> newestFirst) throws SQLException;
    }

    /** Runs what destroys the subject's keys, and forgets them. The files still have to be scrubbed. */
    <T> T shred(byte[] subject, Shredding<T> shredding) throws StoreException {
        List<byte[]> ids = new ArrayList<>();
        try {
            return store.write(connection -> {
                List<Wrapped> keys = VaultTables.keysOf(connection, subject);
                keys.forEach(key -> ids.add(key.id()));
                if (!keys.isEmpty()) {
                    VaultTables.countKeyChange(connection);
                }
                return shredding.run(connection, keys);
            });
        } finally {
            // Also after an error: a commit that failed may have reached the disk all the same.
            cache.evict(subject, ids);
        }
    }

    /** As {@link RootInForce#change}. */
    void change(VaultRoot next, KeyEncryptionKey outer, boolean isNew) throws IOException {
        root.change(next, outer, isNew);
    }

    /** Wraps by the newest store key whatever an older one wrapped, while others go on. */
    void rewrapAll() throws IOException {
        Rewrapping.run(store, this::root);
    }

    void close() {
        root.close();
        cache.clear();
    }
}
