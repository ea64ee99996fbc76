package io.gatehouse.core.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Holds a database for one store alone, by a file {@code <database>.lock} beside it.
 *
 * <p>The lock is an exclusive transaction on that file, itself an empty SQLite database. A {@code FileLock} of the JDK
 * would not do: on POSIX systems, a second opener in the same process that is refused and closes its channel would
 * take the first one's lock away. SQLite knows of this and keeps count. The lock of a program that dies goes with it.
 */
final class StoreLock implements AutoCloseable {
    private final Connection connection;

    private StoreLock(Connection connection) {
        this.connection = connection;
    }

    static StoreLock take(Path database) throws StoreException {
        Path lock = database.resolveSibling(database.getFileName() + ".lock");
        if (Files.isDirectory(lock)) {
            throw new StoreException(lock + " is a directory, a lock file must be possible there: remove it");
        }
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + lock);
            try {
                SqliteConnections.execute(connection, "PRAGMA busy_timeout=0");
                SqliteConnections.execute(connection, "BEGIN EXCLUSIVE");
                return new StoreLock(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            if (SqliteErrors.isBusy(e)) {
                throw new StoreException(
                        "The database " + database + " is already open, in another program or in this one:"
                                + " a database is open once; end the other or give this one a database of its own.",
                        e);
            }
            throw new SqliteErrors(lock).translate(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
