package io.gatehouse.policy.retain.change;

import io.gatehouse.policy.internal.sealed.SealedPeople;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements on this room's table. */
final class ChangeTables {
    static final String ROOM = "policy.retain.change";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE retain_change (
              id TEXT NOT NULL PRIMARY KEY, document TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
              sha256 TEXT NOT NULL, at_millis INTEGER NOT NULL, proposer TEXT NOT NULL,
              sealed_proposer BLOB NOT NULL, sealed_text BLOB NOT NULL, in_force_millis INTEGER);
            CREATE INDEX retain_change_document ON retain_change (document, version);
            """);

    private static final String ROW = "SELECT id, document, version, text, sha256, at_millis, proposer,"
            + " sealed_proposer, sealed_text FROM retain_change ";

    private ChangeTables() {}

    /** A change with its proposer. */
    record Stored(ProposedChange change, SealedPeople.Row proposer) {}

    static int insert(Connection connection, ProposedChange change, SealedPeople.Row proposer) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO retain_change (id, document, version,"
                + " text, sha256, at_millis, proposer, sealed_proposer, sealed_text)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, change.id().toString());
            insert.setString(2, change.document());
            insert.setLong(3, change.version());
            insert.setString(4, change.text());
            insert.setString(5, change.sha256());
            insert.setLong(6, change.at().toEpochMilli());
            insert.setString(7, proposer.pseudonym());
            insert.setBytes(8, proposer.person());
            insert.setBytes(9, proposer.text());
            return insert.executeUpdate();
        }
    }

    static int putInForce(Connection connection, UUID id, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE retain_change SET in_force_millis = ? WHERE id = ? AND in_force_millis IS NULL")) {
            update.setLong(1, at.toEpochMilli());
            update.setString(2, id.toString());
            return update.executeUpdate();
        }
    }

    static Optional<Stored> proposed(Connection connection, UUID id) throws SQLException {
        return rows(connection, "WHERE id = ? AND in_force_millis IS NULL", id.toString()).stream()
                .findFirst();
    }

    static Optional<ProposedChange> inForce(Connection connection, String document) throws SQLException {
        return rows(
                        connection,
                        "WHERE document = ? AND in_force_millis IS NOT NULL ORDER BY version DESC LIMIT 1",
                        document)
                .stream()
                .map(Stored::change)
                .findFirst();
    }

    static List<Stored> waiting(Connection connection) throws SQLException {
        return rows(connection, "WHERE in_force_millis IS NULL ORDER BY at_millis, id");
    }

    private static List<Stored> rows(Connection connection, String where, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<Stored> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ProposedChange change = new ProposedChange(
                            UUID.fromString(row.getString(1)),
                            row.getString(2),
                            row.getLong(3),
                            row.getString(4),
                            row.getString(5),
                            Instant.ofEpochMilli(row.getLong(6)));
                    rows.add(new Stored(
                            change, new SealedPeople.Row(row.getString(7), row.getBytes(8), row.getBytes(9))));
                }
            }
            return rows;
        }
    }
}
