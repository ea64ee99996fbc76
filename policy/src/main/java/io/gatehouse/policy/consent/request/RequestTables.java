package io.gatehouse.policy.consent.request;

import io.gatehouse.policy.internal.sealed.SealedPeople;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The statements on this room's table. */
final class RequestTables {
    static final String ROOM = "policy.consent.request";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE consent_request (
              id TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, sealed_person BLOB NOT NULL,
              sealed_words BLOB NOT NULL, kind TEXT NOT NULL, received_millis INTEGER NOT NULL,
              due_day INTEGER NOT NULL, extended INTEGER NOT NULL, state TEXT NOT NULL);
            CREATE INDEX consent_request_person ON consent_request (person);
            CREATE INDEX consent_request_open ON consent_request (due_day) WHERE state = 'OPEN';
            """);

    private static final String ROW = "SELECT id, person, sealed_person, sealed_words, kind, received_millis, due_day,"
            + " extended, state FROM consent_request ";

    private RequestTables() {}

    /** A request without its person. */
    record Stored(
            UUID id,
            SealedPeople.Row sealed,
            RequestKind kind,
            Instant receivedAt,
            LocalDate dueOn,
            boolean isExtended,
            RequestState state) {
        SubjectRequest of(SealedPeople.Opened opened) {
            return new SubjectRequest(id, opened.person(), kind, opened.text(), receivedAt, dueOn, isExtended, state);
        }
    }

    static int insert(Connection connection, Stored row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO consent_request (id, person,"
                + " sealed_person, sealed_words, kind, received_millis, due_day, extended, state)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)")) {
            insert.setString(1, row.id().toString());
            insert.setString(2, row.sealed().pseudonym());
            insert.setBytes(3, row.sealed().person());
            insert.setBytes(4, row.sealed().text());
            insert.setString(5, row.kind().name());
            insert.setLong(6, row.receivedAt().toEpochMilli());
            insert.setLong(7, row.dueOn().toEpochDay());
            insert.setString(8, row.state().name());
            return insert.executeUpdate();
        }
    }

    /** False if it was answered or put off by somebody else meanwhile. */
    static boolean change(Connection connection, UUID id, LocalDate dueOn, boolean isExtended, RequestState state)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE consent_request SET due_day = ?,"
                + " extended = ?, state = ? WHERE id = ? AND state = 'OPEN'")) {
            update.setLong(1, dueOn.toEpochDay());
            update.setLong(2, isExtended ? 1 : 0);
            update.setString(3, state.name());
            update.setString(4, id.toString());
            return update.executeUpdate() == 1;
        }
    }

    static List<Stored> rows(Connection connection, String where, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            List<Stored> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Stored(
                            UUID.fromString(row.getString("id")),
                            new SealedPeople.Row(
                                    row.getString("person"),
                                    row.getBytes("sealed_person"),
                                    row.getBytes("sealed_words")),
                            RequestKind.valueOf(row.getString("kind")),
                            Instant.ofEpochMilli(row.getLong("received_millis")),
                            LocalDate.ofEpochDay(row.getLong("due_day")),
                            row.getLong("extended") != 0,
                            RequestState.valueOf(row.getString("state"))));
                }
            }
            return rows;
        }
    }
}
