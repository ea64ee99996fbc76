package io.gatehouse.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * An advisory lock of a connection of its own: the server gives it back when that ends, however it ends. Of a host that
 * vanished the server hears by keep-alive packets, within about a minute.
 */
final class PostgresClaim implements Claim {
    private static final int ANSWER_SECONDS = 5;
    private static final String KEEP_ALIVE = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5";
    /** By schema, since one database may hold an installation in each. */
    private static final String LOCK =
            "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.' || ?, 7023098))";

    private final Connection connection;

    private PostgresClaim(Connection connection) {
        this.connection = connection;
    }

    static Optional<PostgresClaim> take(PostgresUrl url, String name) throws SQLException {
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("a claimed name has 1 to 64 characters, this one has " + name.length());
        }
        Connection connection = PostgresPool.connect(url);
        try {
            if (lock(connection, name)) {
                return Optional.of(new PostgresClaim(connection));
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean lock(Connection connection, String name) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP_ALIVE);
        }
        try (PreparedStatement select = connection.prepareStatement(LOCK)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized boolean isHeld() {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            throw new IllegalStateException("a number of seconds is not negative", e);
        }
    }

    @Override
    public synchronized void close() {
        try (connection) {
            if (!connection.isClosed()) {
                // Now, so that whoever begins next gets it; of the end of a connection the server hears a moment later.
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_advisory_unlock_all()");
                }
            }
        } catch (SQLException e) {
            // The driver closes its end whatever the server says, and with the connection the lock is gone.
            System.getLogger(PostgresClaim.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection did not end in order", e);
        }
    }
}
