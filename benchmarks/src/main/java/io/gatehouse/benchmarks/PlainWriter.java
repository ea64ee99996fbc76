package io.gatehouse.benchmarks;

import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * What a ledger would be without its promises: rows as large as a ledger's last one, with the same keys, written by plain
 * JDBC with the same settings, each row a transaction. One statement is prepared once. Thread-safe.
 */
final class PlainWriter implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;
    private final byte[] content;
    private long position;

    private PlainWriter(Connection connection, PreparedStatement insert, byte[] content) {
        this.connection = connection;
        this.insert = insert;
        this.content = content;
    }

    /** A writer of rows like the last one of this store's ledger. */
    static PlainWriter like(Store store, Path file) throws StoreException, SQLException {
        byte[][] row = store.read(PlainWriter::lastRow);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            for (String pragma : new String[] {
                "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON", "temp_store=MEMORY"
            }) {
                statement.execute("PRAGMA " + pragma);
            }
            statement.execute("CREATE TABLE plain_entry (position INTEGER PRIMARY KEY, event_id BLOB NOT NULL UNIQUE,"
                    + " pseudonym BLOB, leaf_hash BLOB NOT NULL, content BLOB NOT NULL)");
            PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO plain_entry (position, event_id, pseudonym, leaf_hash, content) VALUES (?, ?, ?, ?, ?)");
            insert.setBytes(3, row[0]);
            insert.setBytes(4, row[1]);
            connection.setAutoCommit(false);
            return new PlainWriter(connection, insert, row[2]);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static byte[][] lastRow(Connection ledger) throws SQLException {
        try (PreparedStatement select = ledger.prepareStatement(
                        "SELECT pseudonym, leaf_hash, content FROM ledger_entry ORDER BY position DESC LIMIT 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("the ledger has no entry to take the size from");
            }
            return new byte[][] {row.getBytes(1), row.getBytes(2), row.getBytes(3)};
        }
    }

    /** Writes a row; it is durable when this returns. */
    synchronized long insert() throws SQLException {
        UUID id = UUID.randomUUID();
        insert.setLong(1, position);
        insert.setBytes(
                2,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
        insert.setBytes(5, content);
        insert.executeUpdate();
        connection.commit();
        return position++;
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
