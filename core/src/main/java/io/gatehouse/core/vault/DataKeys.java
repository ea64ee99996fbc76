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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of a store, made when they are first needed. Thread-safe.
 *
 * <p>While a stored key is read or made, the store key does not change: that is what the lock is for. Otherwise a key
 * could be wrapped by a store key that a rotation has just done away with, and nobody could open it again.
 */
final class DataKeys {

    private final Store store;
    private final KeyCache cache = new KeyCache();
    private final KeyChanges changes;
    private final ReentrantReadWriteLock rootChange = new ReentrantReadWriteLock();
    private volatile @Nullable VaultRoot root;
    /** Which store key that is: how often it was changed until then. Guarded by {@link #rootChange}. */
    private volatile long rootChanges;

    DataKeys(Store store, VaultRoot root, long rootChanges) {
        this.store = store;
        this.changes = new KeyChanges(store);
        this.root = root;
        this.rootChanges = rootChanges;
    }

    VaultRoot root() {
        VaultRoot open = root;
        if (open == null) {
            throw new IllegalStateException("the vault is closed");
        }
        return open;
    }

    /** Before a cached key is used: another program may have destroyed it. */
    private void heedOthers() throws IOException {
        if (store.isShared() && !changes.isTogether()) {
            VaultTables.Changes counted = changes.ask();
            cache.changed(counted.keys());
            requireRoot(counted.root());
        }
    }

    private void requireRoot(long counted) throws VaultException {
        if (counted == rootChanges) {
            return;
        }
        // A change of our own is in the store a moment before it is here; that moment is under the lock.
        Lock lock = rootChange.readLock();
        lock.lock();
        try {
            if (counted > rootChanges) {
                throw new OtherRootException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether something cannot be opened because another program changed the store key; then that is said. */
    void requireSameRoot() throws IOException {
        requireRoot(store.read(VaultTables::changes).root());
    }

    <T extends @Nullable Object> T together(Vault.Calls<T> calls) throws IOException {
        if (!store.isShared() || changes.isTogether()) {
            return calls.run();
        }
        heedOthers();
        return changes.together(calls);
    }

    @FunctionalInterface
    private interface Keeping<T> {
        T run(VaultRoot root) throws IOException;
    }

    /** Runs what must see one store key from its beginning to its end. */
    private <T> T keepingRoot(Keeping<T> work) throws IOException {
        Lock lock = rootChange.readLock();
        lock.lock();
        try {
            return work.run(root());
        } finally {
            lock.unlock();
        }
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
        return keepingRoot(kept -> {
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
        return underOurRoot(store.read(connection -> {
                    long counted = VaultTables.changes(connection).root();
                    return new Read<>(counted, StoredKeys.of(connection, subject));
                }))
                .sound(subject);
    }

    private List<Wrapped> keysOrNew(VaultRoot kept, byte[] subject) throws IOException {
        List<Wrapped> stored = keysOf(kept, subject);
        return stored.isEmpty()
                ? writeUnderOurRoot(connection -> keysOrNew(connection, kept, subject), List.of())
                : stored;
    }

    /** What a work found, and under which store key. */
    private record Read<T>(long rootChanges, T found) {}

    private <T> T underOurRoot(Read<T> read) throws VaultException {
        requireRoot(read.rootChanges());
        return read.found();
    }

    /** Others wait with a new store key until this is written; if one was first, nothing is written. */
    private <T> T writeUnderOurRoot(Store.Work<T> work, T nothing) throws IOException {
        long ours = rootChanges;
        return underOurRoot(store.write(connection -> {
            long counted = VaultTables.changesKept(connection, store.dialect()).root();
            return new Read<>(counted, counted == ours ? work.run(connection) : nothing);
        }));
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
        boolean rotated = keepingRoot(kept -> writeUnderOurRoot(
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
        Optional<DataKey> stored = keepingRoot(kept -> {
            Optional<Wrapped> row = underOurRoot(store.read(connection ->
                    new Read<>(VaultTables.changes(connection).root(), VaultTables.keyById(connection, id))));
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
        return keepingRoot(kept -> {
            List<Wrapped> rows = underOurRoot(store.read(connection ->
                    new Read<>(VaultTables.changes(connection).root(), VaultTables.keysByIds(connection, ids))));
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

    /**
     * Puts keys of the vault itself in the place of the old ones, in the store and here.
     *
     * @param isNew whether programs that have the old ones cannot go on
     */
    void change(VaultRoot next, KeyEncryptionKey outer, boolean isNew) throws IOException {
        VaultTables.Root sealed = next.sealed(outer);
        Lock lock = rootChange.writeLock();
        lock.lock();
        try {
            root();
            long ours = rootChanges;
            writeUnderOurRoot(
                    connection -> {
                        if (isNew) {
                            VaultTables.countRootChange(connection);
                        }
                        return VaultTables.updateRoot(connection, sealed);
                    },
                    0);
            rootChanges = ours + (isNew ? 1 : 0);
            root = next;
        } finally {
            lock.unlock();
        }
    }

    /** Wraps by the newest store key whatever an older one wrapped, while others go on. */
    void rewrapAll() throws IOException {
        Rewrapping.run(store, this::root);
    }

    void close() {
        Lock lock = rootChange.writeLock();
        lock.lock();
        try {
            VaultRoot open = root;
            root = null;
            cache.clear();
            if (open != null) {
                open.wipe();
            }
        } finally {
            lock.unlock();
        }
    }
}
