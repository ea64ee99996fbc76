package io.gatehouse.core.ledger;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The append-only log. Thread-safe; entries are in one total order. */
public interface Ledger extends EventSink {

    /**
     * Records an event; it is durable when this returns. The same event again gives the same entry.
     *
     * @throws IOException              if it cannot be made durable; then nothing was recorded
     * @throws IllegalArgumentException if another event has the same id
     */
    LedgerEntry append(LedgerEvent event) throws IOException;

    @Override
    default void take(LedgerEvent event) throws IOException {
        append(event);
    }

    /**
     * Records an event without waiting for it: the future completes when the event is durable, and fails with what
     * {@link #append} would throw. Events that one thread sends are recorded in the order it sends them. Blocks only
     * while too many are on their way. This plain form appends before it returns.
     */
    default CompletableFuture<LedgerEntry> appendAsync(LedgerEvent event) {
        try {
            return CompletableFuture.completedFuture(append(event));
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** How many entries there are. */
    long size() throws IOException;

    /**
     * Entries in order.
     *
     * @param from  the first index
     * @param limit at most so many, 1 to 10,000
     */
    List<LedgerEntry> entries(long from, int limit) throws IOException;

    /**
     * The outlines of all entries that there are now, in order, without anything being opened that is sealed: what
     * projections are built from. Takes the memory of some thousand entries. This plain form opens the entries.
     *
     * @param from the first index
     * @param sink called in the calling thread
     */
    default void outlines(long from, OutlineSink sink) throws IOException {
        int page = 1_000;
        List<LedgerEntry> read = entries(from, page);
        for (long next = from; !read.isEmpty(); read = entries(next, page)) {
            sink.take(read.stream().map(LedgerEntry::outline).toList());
            next += read.size();
        }
    }

    /** A signed statement of size and root hash now. */
    Checkpoint checkpoint() throws IOException;

    /** Takes outlines in the ledger's order. */
    @FunctionalInterface
    interface OutlineSink {
        /**
         * The next ones.
         *
         * @param next at least one, at most 10,000
         * @throws IOException if they cannot be taken; then no more are read
         */
        void take(List<LedgerEntry.Outline> next) throws IOException;
    }
}
