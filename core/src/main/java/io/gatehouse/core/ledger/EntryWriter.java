package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.NodeTables.StoredNode;
import io.gatehouse.core.ledger.PersonIndex.Slice;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries at the end of the ledger, many in one transaction, and grows the tree with them. One thread at a time
 * writes; anybody may look at the tree.
 */
final class EntryWriter {
    private final Store store;
    private final TreeNodes nodes;
    private final PersonIndex persons;
    /** Never changed once it is here: each write goes on with a copy. */
    private volatile MerkleTree tree;

    /** The entries of the last tile, which has not all of them yet, as far as they were written here. */
    private List<SealedEntry> open = List.of();

    private boolean stale;

    EntryWriter(Store store, TreeNodes nodes, PersonIndex persons) throws IOException {
        this.store = store;
        this.nodes = nodes;
        this.persons = persons;
        this.tree = nodes.tree(store.read(LedgerTables::size));
    }

    /**
     * Where an entry is on record.
     *
     * @param before the row that had the event's id already; null if the entry was written now
     */
    record Recorded(
            SealedEntry entry, long position, @Nullable Row before) {}

    /** Ends a transaction in which an id turned out to be on record. */
    private static final class RepeatedIdException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RepeatedIdException() {
            super("an id is on record", null, false, false);
        }
    }

    /** The tree of all entries that are durable. */
    MerkleTree tree() {
        return tree;
    }

    /** Writes entries whose ids differ from each other; all are durable when this returns, or none if it throws. */
    List<Recorded> write(List<SealedEntry> entries) throws IOException {
        if (stale) {
            reload();
        }
        // A commit that fails may have reached the disk all the same: then the next entry must stand where it is free.
        stale = true;
        Optional<Slice> slice = persons.slice(entries.size());
        List<Recorded> recorded = writeNew(entries, slice);
        keepOpen(recorded);
        persons.add(slice, recorded);
        stale = false;
        return recorded;
    }

    /** What a transaction did. A store may run a work again, so that each run begins with the tree as it was. */
    private record Written(List<Recorded> recorded, MerkleTree grown) {}

    private List<Recorded> writeNew(List<SealedEntry> entries, Optional<Slice> slice) throws IOException {
        try {
            return grow(slice, connection -> insert(connection, entries));
        } catch (RepeatedIdException e) {
            return grow(slice, connection -> insertUnlessOnRecord(connection, entries));
        }
    }

    private List<Recorded> grow(Optional<Slice> slice, Store.Work<Written> work) throws IOException {
        Written written = store.write(connection -> {
            Written entries = work.run(connection);
            if (slice.isPresent()) {
                slice.get().write(connection);
            }
            return entries;
        });
        tree = written.grown();
        return written.recorded();
    }

    /** Looks each id up first. Ids are seldom sent again, so that {@link #insert} leaves that to the index. */
    private Written insertUnlessOnRecord(Connection connection, List<SealedEntry> entries) throws SQLException {
        List<Recorded> recorded = new ArrayList<>();
        List<SealedEntry> fresh = new ArrayList<>();
        for (SealedEntry entry : entries) {
            Optional<Row> row = LedgerTables.byEvent(connection, entry.event().id());
            if (row.isPresent()) {
                recorded.add(new Recorded(entry, row.get().position(), row.get()));
            } else {
                fresh.add(entry);
            }
        }
        Written written = insert(connection, fresh);
        recorded.addAll(written.recorded());
        return new Written(recorded, written.grown());
    }

    private Written insert(Connection connection, List<SealedEntry> entries) throws SQLException {
        MerkleTree grown = tree.copy();
        if (!LedgerTables.insertEntries(connection, grown.size(), entries)) {
            throw new RepeatedIdException();
        }
        SealedPersons.insert(connection, entries);
        List<Recorded> recorded = new ArrayList<>(entries.size());
        List<StoredNode> completed = new ArrayList<>();
        for (SealedEntry entry : entries) {
            recorded.add(new Recorded(entry, grown.size(), null));
            grown.append(entry.leafHash(), (height, index, root) -> {
                if (height > 0 && height % TilePath.HEIGHT == 0) {
                    completed.add(new StoredNode(height / TilePath.HEIGHT, index, root));
                }
            });
        }
        NodeTables.insertNodes(connection, completed);
        long tiles = grown.size() / TileTables.WIDTH;
        if (tiles > tree.size() / TileTables.WIDTH) {
            listTiles(connection, entries, tiles);
        }
        return new Written(recorded, grown);
    }

    /** Of the entries that are here; a tile that another program or a start before began is read. */
    private void listTiles(Connection connection, List<SealedEntry> entries, long end) throws SQLException {
        long from = tree.size() / TileTables.WIDTH;
        if (open.size() < tree.size() % TileTables.WIDTH) {
            TileTables.insert(connection, from, end);
            return;
        }
        TileHoldings holdings = new TileHoldings();
        long position = from * TileTables.WIDTH;
        List<SealedEntry> all = new ArrayList<>(open);
        all.addAll(entries);
        for (SealedEntry entry : all.subList(0, (int) ((end - from) * TileTables.WIDTH))) {
            holdings.add(position++, entry.content());
        }
        TileTables.insert(connection, holdings.all());
    }

    private void keepOpen(List<Recorded> recorded) {
        List<SealedEntry> all = new ArrayList<>(open);
        for (Recorded each : recorded) {
            if (each.before() == null) {
                all.add(each.entry());
            }
        }
        int left = (int) (tree.size() % TileTables.WIDTH);
        open = List.copyOf(all.subList(Math.max(0, all.size() - left), all.size()));
    }

    private void reload() throws IOException {
        tree = nodes.tree(store.read(LedgerTables::size));
        open = List.of();
        persons.load();
    }
}
