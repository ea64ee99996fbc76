package io.gatehouse.policy.consent.freeze;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.ShreddedException;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** This room's table, and the person in a row sealed and opened. Thread-safe. */
record FreezeTables(Vault vault) {
    static final String ROOM = "policy.consent.freeze";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE consent_freeze (
              id TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, sealed_person BLOB NOT NULL,
              data_class TEXT NOT NULL, sealed_report TEXT NOT NULL, at_millis INTEGER NOT NULL,
              lifted_millis INTEGER, sealed_lifting TEXT, recorded INTEGER NOT NULL);
            CREATE INDEX consent_freeze_person ON consent_freeze (person, data_class);
            CREATE INDEX consent_freeze_unrecorded ON consent_freeze (at_millis) WHERE recorded = 0;
            """);

    private static final byte[] PSEUDONYM = "gatehouse freeze pseudonym v1".getBytes(StandardCharsets.UTF_8);
    private static final String ROW = "SELECT id, person, sealed_person, data_class, sealed_report, at_millis,"
            + " lifted_millis, sealed_lifting FROM consent_freeze ";

    /** A row; arrays are not copied, this stays inside. */
    record Stored(
            UUID id,
            String pseudonym,
            byte[] sealedPerson,
            DataClass dataClass,
            String sealedReport,
            Instant at,
            Optional<Instant> liftedAt,
            Optional<String> sealedLifting) {
        boolean isLifted() {
            return liftedAt.isPresent();
        }
    }

    Optional<String> known(PersonId person) throws IOException {
        return vault.knownHash(person, FreezeRegister.RECORDS, PSEUDONYM).map(HexFormat.of()::formatHex);
    }

    Stored seal(Freeze freeze) throws IOException {
        PersonId person = freeze.person();
        String pseudonym;
        try {
            pseudonym = HexFormat.of().formatHex(vault.hash(person, FreezeRegister.RECORDS, PSEUDONYM));
        } catch (ShreddedException e) {
            vault.renew(person, FreezeRegister.RECORDS);
            pseudonym = HexFormat.of().formatHex(vault.hash(person, FreezeRegister.RECORDS, PSEUDONYM));
        }
        return new Stored(
                freeze.id(),
                pseudonym,
                vault.sealPerson(person, FreezeRegister.RECORDS, context(pseudonym)),
                freeze.dataClass(),
                sealText(person, freeze.report()),
                freeze.at(),
                Optional.empty(),
                Optional.empty());
    }

    String sealText(PersonId person, String text) throws IOException {
        byte[] sealed = vault.seal(person, FreezeRegister.RECORDS, text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(sealed);
    }

    String openText(PersonId person, String sealed) throws IOException {
        return vault.open(person, FreezeRegister.RECORDS, Base64.getDecoder().decode(sealed))
                .map(clear -> new String(clear, StandardCharsets.UTF_8))
                .orElse("\n");
    }

    /** Empty if the person was shredded. */
    Optional<Freeze> open(Stored stored) throws IOException {
        Optional<PersonId> person =
                vault.openPerson(FreezeRegister.RECORDS, context(stored.pseudonym()), stored.sealedPerson());
        if (person.isEmpty()) {
            return Optional.empty();
        }
        String report = openText(person.get(), stored.sealedReport());
        return Optional.of(new Freeze(stored.id(), person.get(), stored.dataClass(), report, stored.at()));
    }

    private static byte[] context(String pseudonym) {
        return pseudonym.getBytes(StandardCharsets.US_ASCII);
    }

    static void insert(Connection connection, Stored row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO consent_freeze (id, person, sealed_person, data_class, sealed_report, at_millis, recorded)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 0)")) {
            insert.setString(1, row.id().toString());
            insert.setString(2, row.pseudonym());
            insert.setBytes(3, row.sealedPerson());
            insert.setString(4, row.dataClass().value());
            insert.setString(5, row.sealedReport());
            insert.setLong(6, row.at().toEpochMilli());
            insert.executeUpdate();
        }
    }

    static int lift(Connection connection, UUID id, Instant at, String sealedLifting) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE consent_freeze SET lifted_millis = ?,"
                + " sealed_lifting = ?, recorded = 0 WHERE id = ? AND lifted_millis IS NULL")) {
            update.setLong(1, at.toEpochMilli());
            update.setString(2, sealedLifting);
            update.setString(3, id.toString());
            return update.executeUpdate();
        }
    }

    /** Unless it was lifted since it was read, which is to be recorded too. */
    static int recorded(Connection connection, Stored row) throws SQLException {
        String lifted = row.isLifted() ? "" : " AND lifted_millis IS NULL";
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE consent_freeze SET recorded = 1 WHERE id = ?" + lifted)) {
            update.setString(1, row.id().toString());
            return update.executeUpdate();
        }
    }

    static boolean isFrozen(Connection connection, String pseudonym, DataClass dataClass) throws SQLException {
        return !rows(
                        connection,
                        "WHERE person = ? AND data_class = ? AND lifted_millis IS NULL LIMIT 1",
                        pseudonym,
                        dataClass.value())
                .isEmpty();
    }

    static List<Stored> active(Connection connection, String pseudonym) throws SQLException {
        return rows(connection, "WHERE person = ? AND lifted_millis IS NULL ORDER BY at_millis, id", pseudonym);
    }

    static Optional<Stored> find(Connection connection, UUID id) throws SQLException {
        return rows(connection, "WHERE id = ?", id.toString()).stream().findFirst();
    }

    static List<Stored> unrecorded(Connection connection) throws SQLException {
        return rows(connection, "WHERE recorded = 0 ORDER BY at_millis, id");
    }

    private static List<Stored> rows(Connection connection, String where, String... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<Stored> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long lifted = row.getLong("lifted_millis");
                    Optional<Instant> liftedAt =
                            row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lifted));
                    rows.add(new Stored(
                            UUID.fromString(row.getString("id")),
                            row.getString("person"),
                            row.getBytes("sealed_person"),
                            DataClass.of(row.getString("data_class")),
                            row.getString("sealed_report"),
                            Instant.ofEpochMilli(row.getLong("at_millis")),
                            liftedAt,
                            Optional.ofNullable(row.getString("sealed_lifting"))));
                }
            }
            return rows;
        }
    }
}
