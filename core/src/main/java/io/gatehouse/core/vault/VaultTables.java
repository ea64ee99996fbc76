package io.gatehouse.core.vault;

import io.gatehouse.core.store.Dialect;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The vault's tables. A subject is a person's data class, under a keyed hash that tells neither. What remains of a
 * shredded one is that it was shredded, and apart from that, unconnected, the random ids of destroyed keys: by these,
 * data that are gone are told from data that were altered. That a subject has a key stands in a row of its own too, so
 * that a key whose row was lost is not taken for one that was never made.
 */
final class VaultTables {
    static final String ROOM = "core.vault";

    private static final int IDS_A_QUERY = 500;

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE vault_root (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                store_key BLOB NOT NULL,
                index_key BLOB NOT NULL
            );
            CREATE TABLE vault_key (
                id BLOB PRIMARY KEY,
                subject BLOB NOT NULL,
                generation INTEGER NOT NULL,
                wrapped BLOB NOT NULL,
                UNIQUE (subject, generation)
            ) WITHOUT ROWID;
            CREATE TABLE vault_destroyed (
                id BLOB PRIMARY KEY
            ) WITHOUT ROWID;
            CREATE TABLE vault_shredded (
                subject BLOB PRIMARY KEY,
                shredded_at TEXT NOT NULL,
                key_fingerprint TEXT NOT NULL
            ) WITHOUT ROWID;
            """, """
            ALTER TABLE vault_root ADD COLUMN secrets_key BLOB;
            CREATE TABLE vault_shred_event (
                number INTEGER PRIMARY KEY,
                id BLOB NOT NULL UNIQUE,
                subject BLOB NOT NULL,
                previous BLOB,
                is_renewal INTEGER NOT NULL,
                happened_at TEXT NOT NULL,
                key_fingerprint TEXT NOT NULL
            );
            CREATE INDEX vault_shred_event_subject ON vault_shred_event (subject, number);
            INSERT INTO vault_shred_event (number, id, subject, previous, is_renewal, happened_at, key_fingerprint)
                SELECT row_number() OVER (ORDER BY shredded_at, subject), substr(subject, 1, 16), subject, NULL, 0,
                    shredded_at, key_fingerprint FROM vault_shredded;
            """, """
            ALTER TABLE vault_root ADD COLUMN key_changes INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE vault_root ADD COLUMN root_changes INTEGER NOT NULL DEFAULT 0;
            """, """
            CREATE TABLE vault_subject (
                subject BLOB PRIMARY KEY
            ) WITHOUT ROWID;
            INSERT INTO vault_subject (subject) SELECT DISTINCT subject FROM vault_key;
            """);

    private VaultTables() {}

    /**
     * The vault's own keys.
     *
     * @param storeKey   wrapped by the key-encryption key
     * @param indexKey   sealed by the store key
     * @param secretsKey sealed by the store key; null in a vault of version 1
     */
    record Root(byte[] storeKey, byte[] indexKey, byte @Nullable [] secretsKey) {}

    /**
     * How often the keys were changed, by whichever program: what was read before a change may hold no more.
     *
     * @param keys of data keys: one was destroyed, or a newer one made beside it
     * @param root of the store key
     */
    record Changes(long keys, long root) {}

    /** A row of a data key. */
    record Wrapped(byte[] id, byte[] subject, byte[] key) {
        /** The id as one number. */
        long idNumber() {
            return ByteBuffer.wrap(id).getLong();
        }
    }

    /** That a subject was shredded, when, and the fingerprint of its newest key. */
    record Shredded(Instant at, String keyFingerprint) {}

    static Optional<Root> root(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT store_key, index_key, secrets_key FROM vault_root");
                ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Root(rows.getBytes(1), rows.getBytes(2), rows.getBytes(3)))
                    : Optional.empty();
        }
    }

    /** 0 if another program was first. */
    static int insertRoot(Connection connection, Root root) throws SQLException {
        return root(
                connection,
                "INSERT INTO vault_root (store_key, index_key, secrets_key, id) VALUES (?, ?, ?, 1)"
                        + " ON CONFLICT (id) DO NOTHING",
                root);
    }

    static Changes changes(Connection connection) throws SQLException {
        return changes(connection, "");
    }

    /** As {@link #changes}; whoever wants to change them waits until this transaction ends. */
    static Changes changesKept(Connection connection, Dialect dialect) throws SQLException {
        return changes(connection, dialect == Dialect.POSTGRESQL ? " FOR SHARE" : "");
    }

    private static Changes changes(Connection connection, String keeping) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT key_changes, root_changes FROM vault_root WHERE id = 1" + keeping);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? new Changes(rows.getLong(1), rows.getLong(2)) : new Changes(0, 0);
        }
    }

    static void countKeyChange(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE vault_root SET key_changes = key_changes + 1 WHERE id = 1")) {
            update.executeUpdate();
        }
    }

    static void countRootChange(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE vault_root SET root_changes = root_changes + 1 WHERE id = 1")) {
            update.executeUpdate();
        }
    }

    static int updateRoot(Connection connection, Root root) throws SQLException {
        return root(
                connection, "UPDATE vault_root SET store_key = ?, index_key = ?, secrets_key = ? WHERE id = 1", root);
    }

    private static int root(Connection connection, String sql, Root root) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, root.storeKey());
            statement.setBytes(2, root.indexKey());
            statement.setBytes(3, root.secretsKey());
            return statement.executeUpdate();
        }
    }

    static Optional<Shredded> shredded(Connection connection, byte[] subject) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT shredded_at, key_fingerprint FROM vault_shredded WHERE subject = ?")) {
            select.setBytes(1, subject);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Shredded(Instant.parse(rows.getString(1)), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    static int insertShredded(Connection connection, byte[] subject, Shredded shredded) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO vault_shredded (subject, shredded_at, key_fingerprint) VALUES (?, ?, ?)")) {
            insert.setBytes(1, subject);
            insert.setString(2, shredded.at().toString());
            insert.setString(3, shredded.keyFingerprint());
            return insert.executeUpdate();
        }
    }

    static int deleteShredded(Connection connection, byte[] subject) throws SQLException {
        return update(connection, "DELETE FROM vault_shredded WHERE subject = ?", subject);
    }

    static boolean isDestroyed(Connection connection, byte[] id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM vault_destroyed WHERE id = ?")) {
            select.setBytes(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    static Optional<Wrapped> keyById(Connection connection, byte[] id) throws SQLException {
        return keys(connection, "SELECT id, subject, wrapped FROM vault_key WHERE id = ?", id).stream()
                .findFirst();
    }

    /** The keys with these ids, of those that are there, in any order. */
    static List<Wrapped> keysByIds(Connection connection, long[] numbers) throws SQLException {
        // In the order that the keys lie in, so that neighbours are read together.
        List<byte[]> ids = LongStream.of(numbers)
                .map(number -> number ^ Long.MIN_VALUE)
                .sorted()
                .mapToObj(number -> ByteBuffer.allocate(Long.BYTES)
                        .putLong(number ^ Long.MIN_VALUE)
                        .array())
                .toList();
        List<Wrapped> keys = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += IDS_A_QUERY) {
            List<byte[]> some = ids.subList(from, Math.min(from + IDS_A_QUERY, ids.size()));
            keys.addAll(keys(
                    connection,
                    "SELECT id, subject, wrapped FROM vault_key WHERE id IN (?" + ", ?".repeat(some.size() - 1) + ")",
                    some));
        }
        return keys;
    }

    /** The keys of a subject, the newest first. */
    static List<Wrapped> keysOf(Connection connection, byte[] subject) throws SQLException {
        return keys(
                connection,
                "SELECT id, subject, wrapped FROM vault_key WHERE subject = ? ORDER BY generation DESC",
                subject);
    }

    /** Keys of any subject by ascending id, after this one. */
    static List<Wrapped> keysAfter(Connection connection, byte[] id, int limit) throws SQLException {
        return keys(
                connection, "SELECT id, subject, wrapped FROM vault_key WHERE id > ? ORDER BY id LIMIT " + limit, id);
    }

    static int updateKey(Connection connection, Wrapped key) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE vault_key SET wrapped = ? WHERE id = ?")) {
            update.setBytes(1, key.key());
            update.setBytes(2, key.id());
            return update.executeUpdate();
        }
    }

    private static List<Wrapped> keys(Connection connection, String sql, byte[] name) throws SQLException {
        return keys(connection, sql, List.of(name));
    }

    private static List<Wrapped> keys(Connection connection, String sql, List<byte[]> names) throws SQLException {
        List<Wrapped> keys = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.size(); i++) {
                select.setBytes(i + 1, names.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    keys.add(new Wrapped(rows.getBytes(1), rows.getBytes(2), rows.getBytes(3)));
                }
            }
        }
        return keys;
    }

    static int insertKey(Connection connection, Wrapped key) throws SQLException {
        update(
                connection,
                "INSERT INTO vault_subject (subject) VALUES (?) ON CONFLICT (subject) DO NOTHING",
                key.subject());
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO vault_key (id, subject, generation,"
                + " wrapped) SELECT ?, ?, coalesce(max(generation), 0) + 1, ? FROM vault_key WHERE subject = ?")) {
            insert.setBytes(1, key.id());
            insert.setBytes(2, key.subject());
            insert.setBytes(3, key.key());
            insert.setBytes(4, key.subject());
            return insert.executeUpdate();
        }
    }

    /** Destroys the keys of a subject and keeps their ids. */
    static int destroyKeys(Connection connection, byte[] subject) throws SQLException {
        update(connection, "INSERT INTO vault_destroyed (id) SELECT id FROM vault_key WHERE subject = ?", subject);
        update(connection, "DELETE FROM vault_subject WHERE subject = ?", subject);
        return update(connection, "DELETE FROM vault_key WHERE subject = ?", subject);
    }

    private static int update(Connection connection, String sql, byte[] subject) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, subject);
            return statement.executeUpdate();
        }
    }
}
