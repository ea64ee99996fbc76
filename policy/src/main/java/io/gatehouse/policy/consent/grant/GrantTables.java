package io.gatehouse.policy.consent.grant;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.policy.internal.sealed.SealedPeople;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The statements on this room's table. */
final class GrantTables {
    static final String ROOM = "policy.consent.grant";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE consent_grant (
              id TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, sealed_person BLOB NOT NULL,
              sealed_what BLOB NOT NULL, purpose TEXT NOT NULL, data_class TEXT NOT NULL,
              from_millis INTEGER NOT NULL, until_millis INTEGER NOT NULL);
            CREATE INDEX consent_grant_until ON consent_grant (until_millis);
            """);

    private GrantTables() {}

    /** A grant without its holder. */
    record Stored(UUID id, SealedPeople.Row sealed, Purpose purpose, DataClass dataClass, Instant from, Instant until) {
        static Stored of(DataGrant grant, SealedPeople.Row sealed) {
            return new Stored(grant.id(), sealed, grant.purpose(), grant.dataClass(), grant.from(), grant.until());
        }

        DataGrant of(SealedPeople.Opened opened) {
            return new DataGrant(id, opened.person(), purpose, dataClass, opened.text(), from, until);
        }
    }

    static int insert(Connection connection, Stored row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO consent_grant (id, person,"
                + " sealed_person, sealed_what, purpose, data_class, from_millis, until_millis)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, row.id().toString());
            insert.setString(2, row.sealed().pseudonym());
            insert.setBytes(3, row.sealed().person());
            insert.setBytes(4, row.sealed().text());
            insert.setString(5, row.purpose().value());
            insert.setString(6, row.dataClass().value());
            insert.setLong(7, row.from().toEpochMilli());
            insert.setLong(8, row.until().toEpochMilli());
            return insert.executeUpdate();
        }
    }

    /** A grant that began this very millisecond keeps it. */
    static int end(Connection connection, UUID id, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE consent_grant SET until_millis ="
                + " CASE WHEN from_millis < ? THEN ? ELSE from_millis + 1 END WHERE id = ? AND until_millis > ?")) {
            update.setLong(1, now.toEpochMilli());
            update.setLong(2, now.toEpochMilli());
            update.setString(3, id.toString());
            update.setLong(4, now.toEpochMilli());
            return update.executeUpdate();
        }
    }

    static List<Stored> rows(Connection connection, String where, Object value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, person, sealed_person, sealed_what,"
                + " purpose, data_class, from_millis, until_millis FROM consent_grant " + where)) {
            select.setObject(1, value);
            List<Stored> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Stored(
                            UUID.fromString(row.getString("id")),
                            new SealedPeople.Row(
                                    row.getString("person"),
                                    row.getBytes("sealed_person"),
                                    row.getBytes("sealed_what")),
                            Purpose.of(row.getString("purpose")),
                            DataClass.of(row.getString("data_class")),
                            Instant.ofEpochMilli(row.getLong("from_millis")),
                            Instant.ofEpochMilli(row.getLong("until_millis"))));
                }
            }
            return rows;
        }
    }
}
