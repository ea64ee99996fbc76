package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntrySealer.Sealed;
import io.gatehouse.core.ledger.verify.TilePath;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    static final List<String> SCRIPTS = List.of("""
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
            """, """
            ALTER TABLE ledger_entry ADD COLUMN occurred_nanos INTEGER;
            ALTER TABLE ledger_entry ADD COLUMN kind TEXT;
            ALTER TABLE ledger_entry ADD COLUMN portal TEXT;
            ALTER TABLE ledger_entry ADD COLUMN zone TEXT;
            CREATE INDEX ledger_entry_time ON ledger_entry (occurred_nanos);
            CREATE INDEX ledger_entry_kind ON ledger_entry (kind, occurred_nanos);
            CREATE INDEX ledger_entry_portal ON ledger_entry (portal, occurred_nanos) WHERE portal IS NOT NULL;
            CREATE INDEX ledger_entry_zone ON ledger_entry (zone, occurred_nanos) WHERE zone IS NOT NULL;
            CREATE INDEX ledger_entry_person ON ledger_entry (pseudonym, occurred_nanos) WHERE pseudonym IS NOT NULL;
            """, PersonTables.SCRIPT, """
            CREATE TABLE ledger_next_key (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                signing_key BLOB NOT NULL
            );
            """, """
            CREATE TABLE ledger_watch (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                position INTEGER NOT NULL,
                begun_millis INTEGER NOT NULL,
                damaged INTEGER NOT NULL,
                clean_millis INTEGER
            );
            """, PersonTables.FILTER_SCRIPT, TileTables.SCRIPT);

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

    /** A hash at its place. */
    record Node(long position, byte[] hash) {}

    /** A hash that stands beside the entries; its level is at least 1. */
    record StoredNode(int level, long position, byte[] hash) {}

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
                                    pseudonym == null ? null : ByteBuffer.wrap(pseudonym))));
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
        return new Row(rows.getLong(1), rows.getBytes(2), rows.getBytes(3), rows.getBytes(4), rows.getBytes(5));
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

    static void insertPersons(Connection connection, List<SealedEntry> entries) throws SQLException {
        List<Sealed> persons = entries.stream()
                .map(SealedEntry::sealed)
                .filter(each -> each.sealedPerson().length > 0)
                .toList();
        if (persons.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO ledger_person (pseudonym, sealed) VALUES (?, ?) ON CONFLICT (pseudonym) DO NOTHING")) {
            for (Sealed each : persons) {
                insert.setBytes(1, each.pseudonym().orElseThrow());
                insert.setBytes(2, each.sealedPerson());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The person of a pseudonym, sealed, if it is known here. */
    static Optional<byte[]> person(Connection connection, byte[] pseudonym) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sealed FROM ledger_person WHERE pseudonym = ?")) {
            select.setBytes(1, pseudonym);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    /** Hashes of a level from a position on, before another, in order; level 0 are the leaves. */
    static List<Node> nodes(Connection connection, int level, long from, long end) throws SQLException {
        String sql = level == 0
                ? "SELECT position, leaf_hash FROM ledger_entry WHERE 0 = ? AND position >= ? AND position < ?"
                        + " ORDER BY position"
                : "SELECT position, hash FROM ledger_node WHERE level = ? AND position >= ? AND position < ?"
                        + " ORDER BY position";
        List<Node> nodes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, level);
            select.setLong(2, from);
            select.setLong(3, end);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    nodes.add(new Node(rows.getLong(1), rows.getBytes(2)));
                }
            }
        }
        return nodes;
    }

    static void insertNodes(Connection connection, List<StoredNode> nodes) throws SQLException {
        if (nodes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)")) {
            for (StoredNode node : nodes) {
                insert.setInt(1, node.level());
                insert.setLong(2, node.position());
                insert.setBytes(3, node.hash());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The newest checkpoint's note. */
    static Optional<String> checkpoint(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    static int insertCheckpoint(Connection connection, long size, String note) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO ledger_checkpoint (size, note) VALUES (?, ?)")) {
            insert.setLong(1, size);
            insert.setString(2, note);
            return insert.executeUpdate();
        }
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** How many leaves a node of this level stands for. */
    static long span(int level) {
        return 1L << (TilePath.HEIGHT * level);
    }
}
