package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.TilePath;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's tables. Beside the entries stand the roots of each 256 leaves, of each 256 of those and so on, from which
 * the tree is there at once at a start and proofs are short to make; and, for each pseudonym, the person, sealed.
 */
final class LedgerTables {
    static final String ROOM = "core.ledger";

    static final List<String> SCRIPTS = List.of(
            """
            CREATE TABLE ledger_root (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                origin TEXT NOT NULL,
                signing_key BLOB NOT NULL
            );
            CREATE TABLE ledger_entry (
                position INTEGER PRIMARY KEY,
                event_id BLOB NOT NULL UNIQUE,
                pseudonym BLOB,
                leaf_hash BLOB NOT NULL,
                content BLOB NOT NULL
            );
            CREATE TABLE ledger_node (
                level INTEGER NOT NULL,
                position INTEGER NOT NULL,
                hash BLOB NOT NULL,
                PRIMARY KEY (level, position)
            ) WITHOUT ROWID;
            CREATE TABLE ledger_person (
                pseudonym BLOB PRIMARY KEY,
                sealed BLOB NOT NULL
            ) WITHOUT ROWID;
            CREATE TABLE ledger_checkpoint (
                size INTEGER PRIMARY KEY,
                note TEXT NOT NULL
            );
            """,
            """
            ALTER TABLE ledger_entry ADD COLUMN occurred_nanos INTEGER;
            ALTER TABLE ledger_entry ADD COLUMN kind TEXT;
            ALTER TABLE ledger_entry ADD COLUMN portal TEXT;
            ALTER TABLE ledger_entry ADD COLUMN zone TEXT;
            CREATE INDEX ledger_entry_time ON ledger_entry (occurred_nanos);
            CREATE INDEX ledger_entry_kind ON ledger_entry (kind, occurred_nanos);
            CREATE INDEX ledger_entry_portal ON ledger_entry (portal, occurred_nanos) WHERE portal IS NOT NULL;
            CREATE INDEX ledger_entry_zone ON ledger_entry (zone, occurred_nanos) WHERE zone IS NOT NULL;
            CREATE INDEX ledger_entry_person ON ledger_entry (pseudonym, occurred_nanos) WHERE pseudonym IS NOT NULL;
            """,
            PersonTables.SCRIPT,
            """
            CREATE TABLE ledger_next_key (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                signing_key BLOB NOT NULL
            );
            """,
            """
            CREATE TABLE ledger_watch (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                position INTEGER NOT NULL,
                begun_millis INTEGER NOT NULL,
                damaged INTEGER NOT NULL,
                clean_millis INTEGER
            );
            """,
            PersonTables.FILTER_SCRIPT,
            TileTables.SCRIPT,
            TileTables.COVERING_SCRIPT);

    private static final String COLUMNS = "SELECT e.position, e.event_id, e.leaf_hash, e.content, p.sealed";
    private static final String TABLES = " FROM ledger_entry e LEFT JOIN ledger_person p ON p.pseudonym = e.pseudonym ";

    static final String ENTRIES = COLUMNS + TABLES;

    /** As {@link #ENTRIES}, with the time of each behind. */
    static final String TIMED_ENTRIES = COLUMNS + ", e.occurred_nanos" + TABLES;

    static final int TIME_COLUMN = 6;

    private static final byte[] NOTHING = new byte[0];

    private LedgerTables() {}

    /** The ledger's name and its signing key, sealed. */
    record Root(String origin, byte[] signingKey) {}

    /**
     * A row of an entry.
     *
     * @param person the person, sealed; null if there is none
     */
    record Row(long position, byte[] eventId, byte[] leafHash, byte[] content, byte @Nullable [] person) {}

    /** An entry and what it is found by. */
    record Listed(Row row, IndexColumns columns) {}

    static Optional<Root> root(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT origin, signing_key FROM ledger_root");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(new Root(rows.getString(1), rows.getBytes(2))) : Optional.empty();
        }
    }

    static int insertRoot(Connection connection, Root root) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger_root (id, origin, signing_key) VALUES (1, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING")) {
            insert.setString(1, root.origin());
            insert.setBytes(2, root.signingKey());
            return insert.executeUpdate();
        }
    }

    static long size(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT coalesce(max(position) + 1, 0) FROM ledger_entry");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static Optional<Row> byEvent(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRIES + "WHERE e.event_id = ?")) {
            select.setBytes(1, bytes(id));
            return rows(select).stream().findFirst();
        }
    }

    static List<Row> entries(Connection connection, long from, long end) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(ENTRIES + "WHERE e.position >= ? AND e.position < ? ORDER BY e.position")) {
            select.setLong(1, from);
            select.setLong(2, end);
            return rows(select);
        }
    }

    /**
     * Refuses rows that are not those of all positions in order. A row of which the position alone is damaged is read in
     * its old place.
     */
    static void requireAll(List<Row> rows, long from, long end) throws LedgerException {
        for (long expected = from; expected < end; expected++) {
            int at = (int) (expected - from);
            if (at >= rows.size() || rows.get(at).position() != expected) {
                throw new LedgerException(
                        "entry " + expected + " is missing or not in its place: verify the ledger, and"
                                + " restore the last backup that verifies");
            }
        }
    }

    /** Those at these positions that are there, in the order of the positions given. */
    static List<Row> entriesAt(Connection connection, List<Long> positions) throws SQLException {
        if (positions.isEmpty()) {
            return List.of();
        }
        Map<Long, Row> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(ENTRIES + "WHERE e.position IN ("
                + String.join(", ", Collections.nCopies(positions.size(), "?")) + ")")) {
            for (int i = 0; i < positions.size(); i++) {
                select.setLong(i + 1, positions.get(i));
            }
            rows(select).forEach(row -> rows.put(row.position(), row));
        }
        return positions.stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    /** Shows entries with what they are listed under, without the person; not all are in memory at once. */
    static long listed(Connection connection, long from, long end, Consumer<Listed> sink) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT position, event_id, leaf_hash, content,"
                + " occurred_nanos, kind, portal, zone, pseudonym FROM ledger_entry"
                + " WHERE position >= ? AND position < ? ORDER BY position")) {
            select.setLong(1, from);
            select.setLong(2, end);
            select.setFetchSize(TilePath.WIDTH);
            long count = 0;
            try (ResultSet rows = select.executeQuery()) {
                for (; rows.next(); count++) {
                    byte[] pseudonym = blob(rows, 9);
                    Row row = new Row(
                            rows.getLong(1),
                            Objects.requireNonNullElse(blob(rows, 2), NOTHING),
                            Objects.requireNonNullElse(blob(rows, 3), NOTHING),
                            Objects.requireNonNullElse(blob(rows, 4), NOTHING),
                            null);
                    String kind = text(rows, 6);
                    sink.accept(new Listed(
                            row,
                            new IndexColumns(
                                    rows.getLong(5),
                                    kind == null ? "" : kind,
                                    text(rows, 7),
                                    text(rows, 8),
                                    pseudonym == null ? null : Pseudonym.of(pseudonym))));
                }
            }
            return count;
        }
    }

    /** One flipped bit makes a text of bytes, which compares as another value and reads the same. */
    private static byte @Nullable [] blob(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column) instanceof byte[] bytes ? bytes : null;
    }

    private static @Nullable String text(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column) instanceof String text ? text : null;
    }

    /** Up to so many entries that an earlier version of these tables wrote, which cannot be found yet. */
    static List<Row> unlisted(Connection connection, long from, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                ENTRIES + "WHERE e.position >= ? AND e.occurred_nanos IS NULL ORDER BY e.position LIMIT ?")) {
            select.setLong(1, from);
            select.setInt(2, limit);
            return rows(select);
        }
    }

    static void list(Connection connection, List<Listed> entries) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE ledger_entry SET occurred_nanos = ?, kind = ?, portal = ?, zone = ? WHERE position = ?")) {
            for (Listed each : entries) {
                update.setLong(1, each.columns().occurredNanos());
                update.setString(2, each.columns().kind());
                update.setString(3, each.columns().portal());
                update.setString(4, each.columns().zone());
                update.setLong(5, each.row().position());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(row(rows));
            }
        }
        return entries;
    }

    /** Of {@link #ENTRIES}. */
    static Row row(ResultSet rows) throws SQLException {
        return new Row(rows.getLong(1), bytesIn(rows, 2), bytesIn(rows, 3), bytesIn(rows, 4), rows.getBytes(5));
    }

    /** One flipped bit also makes nothing of bytes, in a column that is never empty: then none, which decode to nothing. */
    static byte[] bytesIn(ResultSet rows, int column) throws SQLException {
        return Objects.requireNonNullElse(rows.getBytes(column), NOTHING);
    }

    /** Writes entries from a position on; false if an id is on record, and then the transaction must not be committed. */
    static boolean insertEntries(Connection connection, long first, List<SealedEntry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger_entry"
                + " (position, event_id, pseudonym, leaf_hash, content, occurred_nanos, kind, portal, zone)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (event_id) DO NOTHING")) {
            long position = first;
            for (SealedEntry entry : entries) {
                insert.setLong(1, position++);
                insert.setBytes(2, bytes(entry.event().id()));
                IndexColumns columns = IndexColumns.of(entry);
                insert.setBytes(3, entry.sealed().pseudonym().orElse(null));
                insert.setBytes(4, entry.leafHash());
                insert.setBytes(5, entry.content());
                insert.setLong(6, columns.occurredNanos());
                insert.setString(7, columns.kind());
                insert.setString(8, columns.portal());
                insert.setString(9, columns.zone());
                insert.addBatch();
            }
            int[] counts = insert.executeBatch();
            // PostgreSQL's driver makes one statement of many, and then cannot say what became of each row.
            return Arrays.stream(counts).anyMatch(count -> count == Statement.SUCCESS_NO_INFO)
                    ? countFrom(connection, first) == entries.size()
                    : Arrays.stream(counts).allMatch(count -> count == 1);
        }
    }

    private static long countFrom(Connection connection, long first) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT count(*) FROM ledger_entry WHERE position >= ?")) {
            select.setLong(1, first);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
