package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads the outlines of entries. Slices are read, held against their leaf hashes and decoded by the threads of an
 * executor, and handed over in order by the caller's; so many are on their way at once, and memory does not grow with the
 * ledger. Thread-safe.
 */
final class OutlineReader {
    static final int SLICE = 4_096;

    private final Store store;
    private final OutlineDecoder decoder = new OutlineDecoder();

    OutlineReader(Store store) {
        this.store = store;
    }

    /** What stands in a row. */
    private record Raw(long position, byte[] leafHash, byte[] content) {}

    /** Those between two positions; few are read by the caller's thread alone. */
    void read(long from, long end, Ledger.OutlineSink sink) throws IOException {
        if (from >= end) {
            return;
        }
        if (end - from <= SLICE) {
            sink.take(slice(from, end));
            return;
        }
        LedgerThreads.inSlices((executor, slicesAtOnce) -> {
            read(from, end, sink, executor, slicesAtOnce);
            return end;
        });
    }

    private void read(long from, long end, Ledger.OutlineSink sink, Executor executor, int atOnce) throws IOException {
        Deque<CompletableFuture<List<Outline>>> underway = new ArrayDeque<>();
        long next = from;
        while (next < end || !underway.isEmpty()) {
            while (next < end && underway.size() < atOnce) {
                long first = next;
                next = Math.min(first + SLICE, end);
                long last = next;
                underway.add(CompletableFuture.supplyAsync(() -> sliceLater(first, last), executor));
            }
            sink.take(Outcomes.await(underway.remove()));
        }
    }

    private List<Outline> sliceLater(long from, long end) {
        try {
            return slice(from, end);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private List<Outline> slice(long from, long end) throws IOException {
        List<Raw> rows = store.read(connection -> rows(connection, from, end));
        MerkleTree hashes = new MerkleTree();
        List<Outline> outlines = new ArrayList<>(rows.size());
        long expected = from;
        for (Raw row : rows) {
            if (row.position() != expected++) {
                break;
            }
            if (!Arrays.equals(hashes.hashOf(row.content()), row.leafHash())) {
                throw new LedgerException("entry " + row.position() + " was altered: verify the ledger, and restore the"
                        + " last backup that verifies");
            }
            outlines.add(decoder.decode(row.position(), row.content(), row.leafHash()));
        }
        if (outlines.size() < end - from) {
            throw new LedgerException("entry " + (from + outlines.size())
                    + " is missing: verify the ledger, and restore the last backup that verifies");
        }
        return outlines;
    }

    private static List<Raw> rows(Connection connection, long from, long end) throws SQLException {
        List<Raw> rows = new ArrayList<>((int) (end - from));
        try (PreparedStatement select = connection.prepareStatement("SELECT position, leaf_hash, content"
                + " FROM ledger_entry WHERE position >= ? AND position < ? ORDER BY position")) {
            select.setLong(1, from);
            select.setLong(2, end);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Raw(found.getLong(1), LedgerTables.bytesIn(found, 2), LedgerTables.bytesIn(found, 3)));
                }
            }
        }
        return rows;
    }
}
