package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntrySealer.Sealed;
import io.gatehouse.core.ledger.verify.TilePath;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
            """);

    private static final String ENTRIES = "SELECT e.position, e.event_id, e.leaf_hash, e.content, p.sealed"
            + " FROM ledger_entry e LEFT JOIN ledger_person p ON p.pseudonym = e.pseudonym ";

    private LedgerTables() {}

    /** The ledger's name and its signing key, sealed. */
    record Root(String origin, byte[] signingKey) {}

    /**
     * A row of an entry.
     *
     * @param person the person, sealed; null if there is none
     */
    record Row(long position, byte[] eventId, byte[] leafHash, byte[] content, byte @Nullable [] person) {}

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
                connection.prepareStatement("INSERT INTO ledger_root (id, origin, signing_key) VALUES (1, ?, ?)")) {
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

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new Row(
                        rows.getLong(1), rows.getBytes(2), rows.getBytes(3), rows.getBytes(4), rows.getBytes(5)));
            }
        }
        return entries;
    }

    /** Writes entries from a position on; false if an id is on record, and then the transaction must not be committed. */
    static boolean insertEntries(Connection connection, long first, List<SealedEntry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ledger_entry"
                + " (position, event_id, pseudonym, leaf_hash, content) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (event_id) DO NOTHING")) {
            long position = first;
            for (SealedEntry entry : entries) {
                insert.setLong(1, position++);
                insert.setBytes(2, bytes(entry.event().id()));
                insert.setBytes(3, entry.sealed().pseudonym().orElse(null));
                insert.setBytes(4, entry.leafHash());
                insert.setBytes(5, entry.content());
                insert.addBatch();
            }
            return Arrays.stream(insert.executeBatch()).allMatch(count -> count == 1);
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
