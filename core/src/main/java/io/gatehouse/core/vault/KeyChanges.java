package io.gatehouse.core.vault;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.vault.VaultTables.Changes;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store that several programs share how often keys were changed, before a cached one is used. Thread-safe.
 *
 * <p>An answer does for whoever asked before the question was put, so that many threads share a question; and for all
 * calls that a thread makes {@link #together}. A thread in the middle of a work would read what was there as that began,
 * which is its own affair: it asks for itself alone.
 */
final class KeyChanges {
    private final Store store;
    private final ReentrantLock asking = new ReentrantLock();
    private final Object lock = new Object();
    private @Nullable CompletableFuture<Changes> next;

    // Not static: a thread may be at work with two vaults.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Boolean> together = ThreadLocal.withInitial(() -> false);

    KeyChanges(Store store) {
        this.store = store;
    }

    /** Whether the thread has an answer that does for what it is at. */
    boolean isTogether() {
        return together.get();
    }

    <T extends @Nullable Object> T together(Vault.Calls<T> calls) throws IOException {
        together.set(true);
        try {
            return calls.run();
        } finally {
            together.remove();
        }
    }

    Changes ask() throws StoreException {
        if (store.isInWork()) {
            return store.read(VaultTables::changes);
        }
        CompletableFuture<Changes> answer = new CompletableFuture<>();
        boolean isFirst;
        synchronized (lock) {
            CompletableFuture<Changes> others = next;
            isFirst = others == null;
            if (others == null) {
                next = answer;
            } else {
                answer = others;
            }
        }
        if (isFirst) {
            askFor(answer);
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            // Several wait for one answer: each gets an exception of its own, with the place it waited at.
            throw new StoreException(
                    e.getCause() == null
                            ? e.toString()
                            : String.valueOf(e.getCause().getMessage()),
                    e);
        }
    }

    private void askFor(CompletableFuture<Changes> answer) {
        asking.lock();
        try {
            synchronized (lock) {
                next = null;
            }
            answer.complete(store.read(VaultTables::changes));
        } catch (StoreException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            asking.unlock();
        }
    }
}
