package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Listed;
import io.gatehouse.core.ledger.LedgerTables.Root;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is done to a store before its ledger is used: tables, a signing key, and a look at what was signed. Stateless. */
final class LedgerOpening {
    private static final int OLD_ENTRIES = 10_000;

    private LedgerOpening() {}

    /** Brings the tables up to date, with what entries of an earlier version are found by. */
    static void migrate(Store store) throws IOException {
        store.migrate(LedgerTables.ROOM, LedgerTables.SCRIPTS);
        listOldEntries(store);
    }

    /** Entries of a database from before there was a search; each slice is kept, whatever happens to the next. */
    private static void listOldEntries(Store store) throws IOException {
        // What a tile lists has its columns; only what comes after the tiles may be that old.
        List<Row> rows = store.read(connection ->
                LedgerTables.unlisted(connection, TileTables.count(connection) * TileTables.WIDTH, OLD_ENTRIES));
        while (!rows.isEmpty()) {
            List<Listed> listed = new ArrayList<>();
            for (Row row : rows) {
                listed.add(listed(row));
            }
            long next = rows.get(rows.size() - 1).position() + 1;
            rows = store.write(connection -> {
                LedgerTables.list(connection, listed);
                return LedgerTables.unlisted(connection, next, OLD_ENTRIES);
            });
        }
    }

    private static Listed listed(Row row) throws LedgerException {
        try {
            return new Listed(row, IndexColumns.of(EntryCodec.decode(row.content())));
        } catch (LedgerException e) {
            throw new LedgerException(
                    "entry " + row.position() + " cannot be read: restore the last backup that verifies", e);
        }
    }

    /** Makes a ledger in a store that has none; otherwise it must have this name. */
    static void requireNamed(Store store, Vault vault, String origin) throws IOException {
        Optional<Root> stored = store.read(LedgerTables::root);
        if (stored.isEmpty()) {
            Root made = new Root(origin, CheckpointSigner.makeSealed(vault));
            store.write(connection -> LedgerTables.insertRoot(connection, made));
            // Another program may have been first.
            stored = store.read(LedgerTables::root);
        }
        Root root = stored.orElseThrow();
        if (!root.origin().equals(origin)) {
            throw new LedgerException("the store holds the ledger " + root.origin() + ", not " + origin
                    + ": open it by its name or give a store of its own");
        }
    }

    /** A quick look at a start; {@link StoreLedger#verify()} reads everything. */
    static void requireSigned(Store store, TreeNodes nodes, SigningKeys keys, long size) throws IOException {
        Optional<CheckpointNote> last = lastCheckpoint(store);
        if (last.isEmpty()) {
            return;
        }
        CheckpointNote note = last.get();
        if (note.size() > size) {
            throw new LedgerException("entries " + size + " to " + (note.size() - 1)
                    + " were signed and are gone: the ledger was cut, restore the last backup that verifies");
        }
        if (!keys.isSigned(note) || !Arrays.equals(MerkleProofs.root(note.size(), nodes), note.root())) {
            throw new LedgerException("the first " + note.size() + " entries are not those that were signed:"
                    + " verify the ledger to see where, and restore the last backup that verifies");
        }
    }

    static Optional<CheckpointNote> lastCheckpoint(Store store) throws IOException {
        try {
            return store.read(SigningTables::checkpoint).map(CheckpointNote::parse);
        } catch (IllegalArgumentException e) {
            throw new LedgerException("the stored checkpoint was altered: restore the last backup that verifies", e);
        }
    }
}
