package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * The table of holds. A hold is sealed as a secret of the installation, not under the person's key: shredding a person
 * must not make their hold unreadable. Thread-safe.
 */
record HoldTables(Vault vault) {
    static final String ROOM = "policy.retain.hold";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE retain_hold (
              id TEXT NOT NULL PRIMARY KEY, sealed BLOB NOT NULL, placed_millis INTEGER NOT NULL,
              lifted_millis INTEGER);
            CREATE INDEX retain_hold_in_force ON retain_hold (placed_millis) WHERE lifted_millis IS NULL;
            """);

    /** A row; the array is not copied, this stays inside. */
    record Stored(UUID id, byte[] sealed, Instant placedAt) {}

    private static String name(UUID id) {
        return "policy.retain hold " + id;
    }

    /** The reason is last, for it may have several lines. */
    byte[] seal(LegalHold hold) throws IOException {
        String text = String.join(
                "\n",
                hold.person().map(PersonId::value).orElse(""),
                hold.dataClass().map(DataClass::value).orElse(""),
                hold.place().orElse(""),
                hold.from().map(Instant::toString).orElse(""),
                hold.until().map(Instant::toString).orElse(""),
                hold.owner().value(),
                hold.endsAt().map(Instant::toString).orElse(""),
                hold.reason());
        return vault.sealSecret(name(hold.id()), text.getBytes(StandardCharsets.UTF_8));
    }

    List<LegalHold> open(List<Stored> rows) throws IOException {
        List<LegalHold> holds = new ArrayList<>();
        for (Stored row : rows) {
            byte[] clear = vault.openSecret(name(row.id()), row.sealed());
            String[] lines = new String(clear, StandardCharsets.UTF_8).split("\n", 8);
            holds.add(new LegalHold(
                    row.id(),
                    line(lines[0], PersonId::of),
                    line(lines[1], DataClass::of),
                    line(lines[2], place -> place),
                    line(lines[3], Instant::parse),
                    line(lines[4], Instant::parse),
                    lines[7],
                    PersonId.of(lines[5]),
                    row.placedAt(),
                    line(lines[6], Instant::parse)));
        }
        return holds;
    }

    private static <T> Optional<T> line(String text, Function<String, T> reading) {
        return text.isEmpty() ? Optional.empty() : Optional.of(reading.apply(text));
    }

    static int insert(Connection connection, LegalHold hold, byte[] sealed) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO retain_hold (id, sealed, placed_millis) VALUES (?, ?, ?)")) {
            insert.setString(1, hold.id().toString());
            insert.setBytes(2, sealed);
            insert.setLong(3, hold.placedAt().toEpochMilli());
            return insert.executeUpdate();
        }
    }

    static int lift(Connection connection, UUID id, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE retain_hold SET lifted_millis = ? WHERE id = ? AND lifted_millis IS NULL")) {
            update.setLong(1, at.toEpochMilli());
            update.setString(2, id.toString());
            return update.executeUpdate();
        }
    }

    static boolean isKnown(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM retain_hold WHERE id = ?")) {
            select.setString(1, id.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static List<Stored> notLifted(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT id, sealed, placed_millis FROM retain_hold WHERE lifted_millis IS NULL"
                                + " ORDER BY placed_millis, id");
                ResultSet row = select.executeQuery()) {
            List<Stored> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new Stored(
                        UUID.fromString(row.getString(1)), row.getBytes(2), Instant.ofEpochMilli(row.getLong(3))));
            }
            return rows;
        }
    }
}
