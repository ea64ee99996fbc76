package io.gatehouse.core.vault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The vault's tables. A subject is a person's data class, under a keyed hash that tells neither. Its state outlives its
 * keys, so that a shredded subject does not silently begin anew.
 */
final class VaultTables {
    static final String ROOM = "core.vault";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE vault_root (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                store_key BLOB NOT NULL,
                index_key BLOB NOT NULL
            );
            CREATE TABLE vault_subject (
                subject BLOB PRIMARY KEY,
                generation INTEGER NOT NULL,
                shredded_at TEXT,
                shredded_key TEXT
            ) WITHOUT ROWID;
            CREATE TABLE vault_key (
                subject BLOB NOT NULL REFERENCES vault_subject (subject),
                generation INTEGER NOT NULL,
                wrapped BLOB NOT NULL,
                PRIMARY KEY (subject, generation)
            ) WITHOUT ROWID;
            """);

    private VaultTables() {}

    /** The store key, wrapped by the key-encryption key, and the key of subjects' hashes, sealed by the store key. */
    record Root(byte[] storeKey, byte[] indexKey) {}

    /**
     * Where a subject stands.
     *
     * @param generation  the number of its newest key, from 1; 0 if it never had one
     * @param shreddedAt  when it was shredded; null while it may be used
     * @param shreddedKey the fingerprint of the key that was destroyed
     */
    record State(int generation, @Nullable Instant shreddedAt, String shreddedKey) {
        boolean isShredded() {
            return shreddedAt != null;
        }
    }

    static Optional<Root> root(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT store_key, index_key FROM vault_root");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(new Root(rows.getBytes(1), rows.getBytes(2))) : Optional.empty();
        }
    }

    static int insertRoot(Connection connection, Root root) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO vault_root (id, store_key, index_key) VALUES (1, ?, ?)")) {
            insert.setBytes(1, root.storeKey());
            insert.setBytes(2, root.indexKey());
            return insert.executeUpdate();
        }
    }

    static Optional<State> state(Connection connection, byte[] subject) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT generation, shredded_at, shredded_key FROM vault_subject WHERE subject = ?")) {
            select.setBytes(1, subject);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                String at = rows.getString(2);
                String key = rows.getString(3);
                return Optional.of(
                        new State(rows.getInt(1), at == null ? null : Instant.parse(at), key == null ? "" : key));
            }
        }
    }

    static int putState(Connection connection, byte[] subject, State state) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO vault_subject (subject, generation, shredded_at, shredded_key)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT (subject) DO UPDATE SET generation = excluded.generation,"
                        + " shredded_at = excluded.shredded_at, shredded_key = excluded.shredded_key")) {
            Instant at = state.shreddedAt();
            upsert.setBytes(1, subject);
            upsert.setInt(2, state.generation());
            upsert.setString(3, at == null ? null : at.toString());
            upsert.setString(4, at == null ? null : state.shreddedKey());
            return upsert.executeUpdate();
        }
    }

    static Optional<byte[]> key(Connection connection, byte[] subject, int generation) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT wrapped FROM vault_key WHERE subject = ? AND generation = ?")) {
            select.setBytes(1, subject);
            select.setInt(2, generation);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        }
    }

    static int insertKey(Connection connection, byte[] subject, int generation, byte[] wrapped) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO vault_key (subject, generation, wrapped) VALUES (?, ?, ?)")) {
            insert.setBytes(1, subject);
            insert.setInt(2, generation);
            insert.setBytes(3, wrapped);
            return insert.executeUpdate();
        }
    }

    static int deleteKeys(Connection connection, byte[] subject) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM vault_key WHERE subject = ?")) {
            delete.setBytes(1, subject);
            return delete.executeUpdate();
        }
    }
}
