package io.gatehouse.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a program out of tables that a newer one has brought to a version which this one does not know, while both have the
 * database open: what it wrote then, or made of what it read, might be wrong. Thread-safe.
 *
 * <p>How many scripts ran is asked with the statement that begins each transaction, which costs no further way to the
 * server. A write locks first and looks then, and a script runs while no other write does, so that none slips through.
 */
final class PostgresVersions {
    private static final String COUNT = "; SELECT count(*) FROM store_migration";

    private final Map<String, Integer> known = new ConcurrentHashMap<>();
    private volatile long counted = -1;

    /** Ends a transaction before anything is read or written. */
    static final class NewerException extends SQLException {
        private static final long serialVersionUID = 1L;

        NewerException(String reason) {
            super(reason);
        }
    }

    /** That this program works with a room's tables up to this version. */
    void knows(String room, int version) {
        known.merge(room, version, Math::max);
    }

    /**
     * Begins a transaction.
     *
     * @throws NewerException if tables that are known here are of a newer version
     */
    void begin(Connection connection, String begin) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long count = count(statement, begin);
            if (count != counted) {
                requireKnown(statement);
                counted = count;
            }
        }
    }

    private static long count(Statement statement, String begin) throws SQLException {
        boolean isRows = statement.execute(begin + COUNT);
        while (!isRows && statement.getUpdateCount() >= 0) {
            isRows = statement.getMoreResults();
        }
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void requireKnown(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT room, max(version) FROM store_migration GROUP BY room")) {
            while (rows.next()) {
                String room = rows.getString(1);
                int version = rows.getInt(2);
                if (version > known.getOrDefault(room, version)) {
                    throw new NewerException("A newer program has brought the tables of " + room + " to version "
                            + version + ", this one knows " + known.get(room) + ": nothing was read or stored; end this"
                            + " program and use one at least as new as the database.");
                }
            }
        }
    }
}
