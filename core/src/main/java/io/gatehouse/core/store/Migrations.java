package io.gatehouse.core.store;

import io.gatehouse.core.store.Store.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Brings one room's tables up to date, a transaction a script, and remembers the digest of each script that ran. */
final class Migrations {
    static final String TABLE =
            "CREATE TABLE IF NOT EXISTS store_migration (room TEXT NOT NULL, version INTEGER NOT NULL,"
                    + " sha256 TEXT NOT NULL, PRIMARY KEY (room, version)) WITHOUT ROWID";

    private static final Pattern ROOM = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private final Store store;
    private final String room;
    private final List<String> scripts;

    Migrations(Store store, String room, List<String> scripts) {
        if (!ROOM.matcher(room).matches()) {
            throw new IllegalArgumentException(
                    "room '" + room + "' is not up to 64 lower-case letters, digits, '.' or '-'");
        }
        this.store = store;
        this.room = room;
        this.scripts = List.copyOf(scripts);
    }

    void run() throws StoreException {
        List<String> applied = store.read(this::applied);
        if (applied.size() > scripts.size()) {
            throw new StoreException("The tables of " + room + " are of version " + applied.size()
                    + ", this program knows " + scripts.size() + ": use a program at least as new as the database.");
        }
        for (int at = 0; at < applied.size(); at++) {
            if (!applied.get(at).equals(sha256(scripts.get(at)))) {
                throw new StoreException("Script " + (at + 1) + " of " + room + " is not the one that made this"
                        + " database: a script that ran is never changed, put the change into a new one.");
            }
        }
        for (int at = applied.size(); at < scripts.size(); at++) {
            apply(at);
        }
    }

    private void apply(int at) throws StoreException {
        String script = scripts.get(at);
        List<String> statements = statements(script);
        Work<Integer> work = connection -> {
            for (String statement : statements) {
                SqliteConnections.execute(connection, statement);
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO store_migration (room, version, sha256) VALUES (?, ?, ?)")) {
                insert.setString(1, room);
                insert.setInt(2, at + 1);
                insert.setString(3, sha256(script));
                return insert.executeUpdate();
            }
        };
        try {
            store.write(work);
        } catch (StoreException e) {
            throw new StoreException(
                    "Script " + (at + 1) + " of " + room + " failed and nothing of it stays: " + e.getMessage(), e);
        }
    }

    /** The digests of what ran, by version. */
    private List<String> applied(Connection connection) throws SQLException {
        List<String> digests = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sha256 FROM store_migration WHERE room = ? ORDER BY version")) {
            select.setString(1, room);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    digests.add(rows.getString(1));
                }
            }
        }
        return digests;
    }

    /** Splits at semicolons that end a line; lines that are only a comment are left out. */
    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : script.lines().toList()) {
            String trimmed = line.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("--")) {
                continue;
            }
            statement.append(line).append('\n');
            if (trimmed.endsWith(";")) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalArgumentException("a script's last statement has no ';' at its end: "
                    + statement.substring(0, Math.min(statement.length(), 80)).strip());
        }
        return statements;
    }

    /** Line ends are made equal first, for they differ between check-outs. */
    private static String sha256(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
