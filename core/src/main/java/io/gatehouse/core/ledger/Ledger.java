package io.gatehouse.core.ledger;

import java.io.IOException;
import java.util.List;

/** The append-only log. Thread-safe; entries are in one total order. */
public interface Ledger {

    /**
     * Records an event; it is durable when this returns. The same event again gives the same entry.
     *
     * @throws IOException              if it cannot be made durable; then nothing was recorded
     * @throws IllegalArgumentException if another event has the same id
     */
    LedgerEntry append(LedgerEvent event) throws IOException;

    /** How many entries there are. */
    long size() throws IOException;

    /**
     * Entries in order.
     *
     * @param from  the first index
     * @param limit at most so many, 1 to 10,000
     */
    List<LedgerEntry> entries(long from, int limit) throws IOException;

    /** A signed statement of size and root hash now. */
    Checkpoint checkpoint() throws IOException;
}
