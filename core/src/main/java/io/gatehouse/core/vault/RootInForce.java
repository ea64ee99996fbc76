package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The vault's own keys that are in force, here and in the store that several programs may share. Thread-safe.
 *
 * <p>While a stored key is read or made, the store key does not change: that is what the lock is for. Otherwise a key
 * could be wrapped by a store key that a rotation has just done away with, and nobody could open it again.
 */
final class RootInForce {
    private final Store store;
    private final ReentrantReadWriteLock change = new ReentrantReadWriteLock();
    private volatile @Nullable VaultRoot root;
    /** Which store key that is: how often it was changed until then. Guarded by {@link #change}. */
    private volatile long changes;

    RootInForce(Store store, VaultRoot root, long changes) {
        this.store = store;
        this.root = root;
        this.changes = changes;
    }

    VaultRoot get() {
        VaultRoot open = root;
        if (open == null) {
            throw new IllegalStateException("the vault is closed");
        }
        return open;
    }

    /**
     * That the store still has the store key that is in force here.
     *
     * @param counted how often it was changed, by the store
     * @throws OtherRootException if another program changed it
     */
    void require(long counted) throws VaultException {
        if (counted == changes) {
            return;
        }
        // A change of our own is in the store a moment before it is here; that moment is under the lock.
        Lock lock = change.readLock();
        lock.lock();
        try {
            if (counted > changes) {
                throw new OtherRootException();
            }
        } finally {
            lock.unlock();
        }
    }

    @FunctionalInterface
    interface Keeping<T> {
        T run(VaultRoot root) throws IOException;
    }

    /** Runs what must see one store key from its beginning to its end. */
    <T> T keep(Keeping<T> work) throws IOException {
        Lock lock = change.readLock();
        lock.lock();
        try {
            return work.run(get());
        } finally {
            lock.unlock();
        }
    }

    /** What a work found, and under which store key. */
    private record Found<T>(long changes, T found) {}

    private <T> T underOurs(Found<T> work) throws VaultException {
        require(work.changes());
        return work.found();
    }

    /** Reads, if the store has our store key. */
    <T> T read(Store.Work<T> work) throws IOException {
        return underOurs(store.read(
                connection -> new Found<>(VaultTables.changes(connection).root(), work.run(connection))));
    }

    /** Others wait with a new store key until this is written; if one was first, nothing is written. */
    <T> T write(Store.Work<T> work, T nothing) throws IOException {
        long ours = changes;
        return underOurs(store.write(connection -> {
            long counted = VaultTables.changesKept(connection, store.dialect()).root();
            return new Found<>(counted, counted == ours ? work.run(connection) : nothing);
        }));
    }

    /**
     * Puts keys of the vault itself in the place of the old ones, in the store and here.
     *
     * @param isNew whether programs that have the old ones cannot go on
     */
    void change(VaultRoot next, KeyEncryptionKey outer, boolean isNew) throws IOException {
        VaultTables.Root sealed = next.sealed(outer);
        Lock lock = change.writeLock();
        lock.lock();
        try {
            get();
            long ours = changes;
            write(
                    connection -> {
                        if (isNew) {
                            VaultTables.countRootChange(connection);
                        }
                        return VaultTables.updateRoot(connection, sealed);
                    },
                    0);
            changes = ours + (isNew ? 1 : 0);
            root = next;
        } finally {
            lock.unlock();
        }
    }

    /** Wipes the keys; waits for those that use them. */
    void close() {
        Lock lock = change.writeLock();
        lock.lock();
        try {
            VaultRoot open = root;
            root = null;
            if (open != null) {
                open.wipe();
            }
        } finally {
            lock.unlock();
        }
    }
}
