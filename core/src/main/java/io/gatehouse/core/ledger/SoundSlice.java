package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Seen;
import io.gatehouse.core.ledger.SliceCheck.Checked;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a slice of which all is right: the same as {@link SliceCheck}, without a word on what is wrong. Entries are not
 * decoded, their columns are compared with the bytes of their contents as they stand, and what the database can look at by
 * itself is not read. Used once, by one thread.
 */
final class SoundSlice {
    /**
     * Bytes that one flipped bit made a text of read the same and are not found, and so the other way round. In SQLite
     * bytes of any length come after all texts, and a text is not equal to bytes. The id of an event stands in the content
     * after its first byte. One flipped bit also gives a row another's position without moving it, and it is then read
     * where it was: each row's position is compared, not only counted.
     */
    private static final String ROWS =
            "SELECT leaf_hash, content, occurred_nanos, kind, portal, zone, pseudonym, position"
                    + " FROM ledger_entry WHERE position >= ? AND position < ?"
                    + " AND event_id = substr(content, 2, 16) AND content >= ? AND leaf_hash >= ?"
                    + " AND (pseudonym IS NULL OR pseudonym >= ?) AND kind = CAST(kind AS TEXT)"
                    + " AND (portal IS NULL OR portal = CAST(portal AS TEXT)) AND (zone IS NULL OR zone = CAST(zone AS TEXT))"
                    + " ORDER BY position";

    private static final int FIRST_BYTES = 3;
    private static final int LAST_BYTES = 5;
    private static final byte[] KEY_CHANGE = KeyChange.KIND.getBytes(StandardCharsets.UTF_8);

    private final Store store;
    private final long first;
    private final long end;
    private final List<byte[]> hashes;
    private final List<Seen> persons;
    private final List<byte[]> tiles = new ArrayList<>();
    private final MerkleTree tree = new MerkleTree();
    private final TileHoldings holdings = new TileHoldings();

    SoundSlice(Store store, long first, long end) {
        this.store = store;
        this.first = first;
        this.end = end;
        this.hashes = new ArrayList<>((int) (end - first));
        this.persons = new ArrayList<>((int) (end - first));
    }

    /** Empty if anything is not as it must be, or cannot be read, or there is a change of key. */
    Optional<Checked> check() throws IOException {
        try {
            long listed = store.read(TileTables::count);
            if (!store.read(this::hasSoundRows)
                    || !SliceCheck.differentRoots(store, first, tiles).isEmpty()
                    || !SliceCheck.differentListing(store, holdings, first, Math.min(end / TileTables.WIDTH, listed))
                            .isEmpty()) {
                return Optional.empty();
            }
        } catch (StoreException e) {
            // It is read again, entry by entry, to say which of them cannot be read.
            return Optional.empty();
        }
        return Optional.of(new Checked(
                first,
                end,
                new Findings(),
                hashes,
                tree.root(),
                Collections.unmodifiableSortedMap(new TreeMap<>()),
                persons));
    }

    private boolean hasSoundRows(Connection connection) throws SQLException {
        if (!hashes.isEmpty()) {
            // A store may run a work again.
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            select.setLong(1, first);
            select.setLong(2, end);
            for (int i = FIRST_BYTES; i <= LAST_BYTES; i++) {
                select.setBytes(i, new byte[0]);
            }
            select.setFetchSize(TilePath.WIDTH);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (!isSound(rows)) {
                        return false;
                    }
                }
            }
        }
        return hashes.size() == end - first;
    }

    private boolean isSound(ResultSet rows) throws SQLException {
        long position = first + hashes.size();
        if (rows.getLong(8) != position) {
            return false;
        }
        byte[] leafHash = rows.getBytes(1);
        byte[] content = rows.getBytes(2);
        EntryParts parts = EntryParts.of(content);
        if (parts == null
                || !Arrays.equals(tree.hashOf(content), leafHash)
                || !(parts.isPlain(content) || isCanonical(content))) {
            return false;
        }
        long nanos = EntryParts.occurredNanos(content);
        byte[] kind = rows.getBytes(4);
        byte[] pseudonym = rows.getBytes(7);
        if (nanos != rows.getLong(3)
                || Arrays.equals(kind, KEY_CHANGE)
                || !isAt(content, EntryParts.KIND_AT, parts.portal(), kind)
                || !isTextAt(content, parts.portal(), parts.zone(), rows.getBytes(5))
                || !isTextAt(content, parts.zone(), parts.person(), rows.getBytes(6))
                || !(parts.isSomebody(content)
                        ? isAt(content, parts.person() + 1, parts.facts(), pseudonym)
                        : pseudonym == null)) {
            return false;
        }
        holdings.add(position, nanos, content, parts);
        if (pseudonym != null) {
            persons.add(new Seen(Pseudonym.of(pseudonym), new Place(nanos, position)));
        }
        hashes.add(leafHash);
        tree.append(leafHash, this::completed);
        return true;
    }

    private void completed(int height, long index, byte[] root) {
        if (height == TilePath.HEIGHT) {
            tiles.add(root);
        }
    }

    private static boolean isCanonical(byte[] content) {
        try {
            EntryBytes unused = EntryCodec.decode(content);
            return true;
        } catch (LedgerException e) {
            return false;
        }
    }

    private static boolean isAt(byte[] content, int from, int until, byte @Nullable [] column) {
        return column != null && Arrays.equals(content, from, until, column, 0, column.length);
    }

    /** An empty text stands for none. */
    private static boolean isTextAt(byte[] content, int at, int until, byte @Nullable [] column) {
        int from = at + Short.BYTES;
        return from == until ? column == null : isAt(content, from, until, column);
    }
}
