package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What entries are found by, but the person: for each 256 entries, which portals, zones and kinds are in them, and
 * between which times. A search reads the tiles that hold what it looks for, and the entries after the last one.
 * Stateless.
 *
 * <p>Indexes of the entries themselves cost more than all the rest of a commit: each commit changed a page for each
 * portal, zone and kind in it, and wrote that page to the log. Here a tile has some twenty rows, in the transaction that
 * completes it. (The idea is that of block range indexes and zone maps.) Tiles have no gap: the greatest says where the
 * list ends.
 */
final class TileTables {
    static final String SCRIPT = """
            CREATE TABLE ledger_tile (
                tile INTEGER NOT NULL,
                attribute INTEGER NOT NULL,
                value TEXT NOT NULL,
                oldest_nanos INTEGER NOT NULL,
                newest_nanos INTEGER NOT NULL,
                PRIMARY KEY (tile, attribute, value)
            ) WITHOUT ROWID;
            CREATE INDEX ledger_tile_newest ON ledger_tile (attribute, value, newest_nanos, tile);
            CREATE INDEX ledger_tile_oldest ON ledger_tile (attribute, value, oldest_nanos, tile);
            DROP INDEX ledger_entry_time;
            DROP INDEX ledger_entry_kind;
            DROP INDEX ledger_entry_portal;
            DROP INDEX ledger_entry_zone;
            """;

    /** The times of both ends in each index, so that no row is looked up; and the few changes of key, found at once. */
    static final String COVERING_SCRIPT = """
            DROP INDEX ledger_tile_newest;
            DROP INDEX ledger_tile_oldest;
            CREATE INDEX ledger_tile_newest ON ledger_tile (attribute, value, newest_nanos, tile, oldest_nanos);
            CREATE INDEX ledger_tile_oldest ON ledger_tile (attribute, value, oldest_nanos, tile, newest_nanos);
            CREATE INDEX ledger_entry_key_change ON ledger_entry (position) WHERE kind = 'ledger.key-change';
            """;

    static final int WIDTH = TilePath.WIDTH;

    /** Of a database from before there was this table, in one transaction. */
    private static final int OLD_TILES = 64;

    /** What entries have; the numbers stand in the table. */
    enum Attribute {
        /** Every entry has it, and its value is empty. */
        TIME(0),
        KIND(1),
        PORTAL(2),
        ZONE(3);

        final int code;

        Attribute(int code) {
            this.code = code;
        }
    }

    private TileTables() {}

    /** A value that is in a tile, and the times of the first and the last entry that has it. */
    record Holding(long tile, int attribute, String value, long oldest, long newest) {}

    private static final Comparator<Holding> ORDER = Comparator.comparingLong(Holding::tile)
            .thenComparingInt(Holding::attribute)
            .thenComparing(Holding::value);

    /** How many tiles are listed, of those whose entries are there. */
    static long count(Connection connection) throws SQLException {
        long whole = LedgerTables.size(connection) / WIDTH;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT coalesce(max(tile) + 1, 0) FROM ledger_tile WHERE tile < ?")) {
            select.setLong(1, whole);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Lists tiles whose entries are all there. */
    static int insert(Connection connection, long from, long end) throws SQLException {
        String sql = "INSERT INTO ledger_tile (tile, attribute, value, oldest_nanos, newest_nanos)"
                + holdings(Attribute.TIME, "''") + " UNION ALL" + holdings(Attribute.KIND, "kind") + " UNION ALL"
                + holdings(Attribute.PORTAL, "portal") + " UNION ALL" + holdings(Attribute.ZONE, "zone");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int at = 1; at < 2 * Attribute.values().length; at += 2) {
                insert.setLong(at, from * WIDTH);
                insert.setLong(at + 1, end * WIDTH);
            }
            return insert.executeUpdate();
        }
    }

    /** Lists what is in whole tiles, in the order of the table. */
    static void insert(Connection connection, Set<Holding> holdings) throws SQLException {
        List<Holding> sorted = new ArrayList<>(holdings);
        sorted.sort(ORDER);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ledger_tile (tile, attribute, value, oldest_nanos, newest_nanos) VALUES (?, ?, ?, ?, ?)")) {
            for (Holding each : sorted) {
                insert.setLong(1, each.tile());
                insert.setInt(2, each.attribute());
                insert.setString(3, each.value());
                insert.setLong(4, each.oldest());
                insert.setLong(5, each.newest());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String holdings(Attribute attribute, String column) {
        return " SELECT position / " + WIDTH + ", " + attribute.code + ", " + column
                + ", min(occurred_nanos), max(occurred_nanos) FROM ledger_entry WHERE position >= ? AND position < ?"
                + " AND " + column + " IS NOT NULL GROUP BY position / " + WIDTH
                + (attribute == Attribute.TIME ? "" : ", " + column);
    }

    /** What is listed of these tiles. */
    static Set<Holding> holdings(Connection connection, long from, long end) throws SQLException {
        Set<Holding> holdings = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT tile, attribute, value, oldest_nanos,"
                + " newest_nanos FROM ledger_tile WHERE tile >= ? AND tile < ?")) {
            select.setLong(1, from);
            select.setLong(2, end);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    holdings.add(new Holding(
                            rows.getLong(1),
                            rows.getInt(2),
                            text(rows.getObject(3)),
                            rows.getLong(4),
                            rows.getLong(5)));
                }
            }
        }
        return holdings;
    }

    /** Bytes that a flipped bit made of a text read the same and are not found: they count as another value. */
    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "not a text: " + value;
    }

    /** Lists what a database has more than its tiles say; for whoever writes the ledger, before the first entry. */
    static void catchUp(Store store) throws StoreException {
        boolean more = true;
        while (more) {
            more = store.write(connection -> {
                long from = count(connection);
                long end = Math.min(LedgerTables.size(connection) / WIDTH, from + OLD_TILES);
                return end > from && insert(connection, from, end) > 0;
            });
        }
    }
}
