package io.gatehouse.benchmarks;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A peer that breaks a ledger's promise: it counts events and keeps none, so that what durability costs can be seen. */
final class VolatileLedger implements Ledger {
    private static final String NO_HASH = "0".repeat(64);

    private final AtomicLong size = new AtomicLong();

    @Override
    public LedgerEntry append(LedgerEvent event) {
        return new LedgerEntry(size.getAndIncrement(), Instant.EPOCH, event, NO_HASH);
    }

    @Override
    public long size() {
        return size.get();
    }

    @Override
    public List<LedgerEntry> entries(long from, int limit) {
        throw new UnsupportedOperationException("this ledger keeps nothing");
    }

    @Override
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("this ledger keeps nothing");
    }
}
