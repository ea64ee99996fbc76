package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.KeyChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the ledger's tables hold of signing: the keys, sealed, the changes of key and the checkpoints. Stateless. */
final class SigningTables {
    private SigningTables() {}

    /** An entry that may hold a change of key. */
    record ChangeRow(long position, byte[] leafHash, byte[] content) {}

    /** A stored checkpoint. */
    record CheckpointRow(long size, String note) {}

    /** The checkpoints of more than so many entries and at most so many, in order. */
    static List<CheckpointRow> checkpoints(Connection connection, long after, long most) throws SQLException {
        List<CheckpointRow> checkpoints = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT size, note FROM ledger_checkpoint WHERE size > ? AND size <= ? ORDER BY size")) {
            select.setLong(1, after);
            select.setLong(2, most);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    checkpoints.add(new CheckpointRow(rows.getLong(1), rows.getString(2)));
                }
            }
        }
        return checkpoints;
    }

    /** With the kind as a constant, so that the index of just these entries can be taken. */
    static final String CHANGES = "SELECT position, leaf_hash, content FROM ledger_entry WHERE kind = '"
            + KeyChange.KIND + "' ORDER BY position";

    /** The entries that are listed as changes of key, in order. */
    static List<ChangeRow> changes(Connection connection) throws SQLException {
        List<ChangeRow> changes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CHANGES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                changes.add(
                        new ChangeRow(rows.getLong(1), LedgerTables.bytesIn(rows, 2), LedgerTables.bytesIn(rows, 3)));
            }
        }
        return changes;
    }

    /** The note of the checkpoint of so many entries. */
    static Optional<String> checkpoint(Connection connection, long size) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT note FROM ledger_checkpoint WHERE size = ?")) {
            select.setLong(1, size);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    static int updateCheckpoint(Connection connection, long size, String note) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE ledger_checkpoint SET note = ? WHERE size = ?")) {
            update.setString(1, note);
            update.setLong(2, size);
            return update.executeUpdate();
        }
    }

    /** The key that a change is being made to, or was to be made to, sealed. */
    static Optional<byte[]> nextKey(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT signing_key FROM ledger_next_key");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    static int putNextKey(Connection connection, byte[] sealed) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement("INSERT INTO ledger_next_key (id, signing_key)"
                + " VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET signing_key = excluded.signing_key")) {
            put.setBytes(1, sealed);
            return put.executeUpdate();
        }
    }

    /** Puts the next key in the place of the one so far, of which nothing is kept. */
    static int takeNextKey(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE ledger_root SET signing_key = (SELECT signing_key FROM ledger_next_key WHERE id = 1)");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM ledger_next_key")) {
            update.executeUpdate();
            return delete.executeUpdate();
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
}
