package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Records on their way to the ledger, a limited number; who has one more waits. Thread-safe. */
final class RecordQueue {
    private static final Logger LOG = System.getLogger(Gallery.class.getName());

    private final Ledger ledger;
    private final Semaphore room;
    private final AtomicLong lost = new AtomicLong();

    RecordQueue(Ledger ledger, int mostUnderway) {
        this.ledger = ledger;
        this.room = new Semaphore(mostUnderway, true);
    }

    /** Sends an event; the future says whether it became durable, and never fails. */
    CompletableFuture<Boolean> add(LedgerEvent event) {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.completedFuture(isKept(e));
        }
        CompletableFuture<LedgerEntry> durable;
        try {
            durable = ledger.appendAsync(event);
        } catch (RuntimeException e) {
            durable = CompletableFuture.failedFuture(e);
        }
        return durable.handle((entry, failure) -> {
            room.release();
            return failure == null || isKept(failure);
        });
    }

    private boolean isKept(Throwable failure) {
        lost.incrementAndGet();
        LOG.log(Level.ERROR, "a search of a gallery could not be recorded", failure);
        return false;
    }

    /** How many records were lost. */
    long lost() {
        return lost.get();
    }
}
