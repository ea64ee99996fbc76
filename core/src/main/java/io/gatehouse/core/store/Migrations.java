package io.gatehouse.core.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Brings one room's tables up to date, a transaction a script, and remembers the digest of each script that ran.
 *
 * <p>Why not Flyway: a room is a library's package and brings its scripts as text, not as files of the application; each
 * room counts its own versions, so that rooms come and go in any order; and a gate's embedded database must open with
 * nothing but its driver. What is needed beyond that is little and is here: forward from every earlier version, digests
 * of what ran, script and record in one transaction, one program at a time.
 */
final class Migrations {
    static final String TABLE =
            "CREATE TABLE IF NOT EXISTS store_migration (room TEXT NOT NULL, version INTEGER NOT NULL,"
                    + " sha256 TEXT NOT NULL, PRIMARY KEY (room, version)) WITHOUT ROWID;";

    /** A store that can keep all other writes of its database out, those of other programs too. */
    interface Alone extends Store {
        <T> T writeAlone(Work<T> work) throws StoreException;
    }

    private static final Pattern ROOM = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private final Alone store;
    private final String room;
    private final List<String> scripts;

    Migrations(Alone store, String room, Scripts scripts) {
        if (!ROOM.matcher(room).matches()) {
            throw new IllegalArgumentException(
                    "room '" + room + "' is not up to 64 lower-case letters, digits, '.' or '-'");
        }
        this.store = store;
        this.room = room;
        this.scripts = scripts.on(store.dialect());
    }

    void run() throws StoreException {
        List<String> applied = store.read(this::applied);
        requireSame(applied);
        for (int at = applied.size(); at < scripts.size(); at++) {
            apply(at);
        }
    }

    private void requireSame(List<String> applied) throws StoreException {
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
    }

    private void apply(int at) throws StoreException {
        List<String> statements = store.dialect().statements(scripts.get(at));
        List<String> before;
        try {
            before = store.writeAlone(connection -> apply(connection, at, statements));
        } catch (StoreException e) {
            throw new StoreException(
                    "Script " + (at + 1) + " of " + room + " failed and nothing of it stays: " + e.getMessage(), e);
        }
        requireSame(before);
    }

    /** Runs a script unless another program just did; what had run before. */
    private List<String> apply(Connection connection, int at, List<String> statements) throws SQLException {
        List<String> before = applied(connection);
        if (before.size() != at) {
            return before;
        }
        for (String statement : statements) {
            try (Statement plain = connection.createStatement()) {
                plain.execute(statement);
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO store_migration (room, version, sha256) VALUES (?, ?, ?)")) {
            insert.setString(1, room);
            insert.setInt(2, at + 1);
            insert.setString(3, sha256(scripts.get(at)));
            insert.executeUpdate();
        }
        return before;
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
        return HexFormat.of()
                .formatHex(sha256().digest(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
