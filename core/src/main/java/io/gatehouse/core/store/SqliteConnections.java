package io.gatehouse.core.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/**
 * Opens connections with the settings that the store's promises rest on: a commit is on the disk when it returns
 * ({@code synchronous=FULL}), deleted content is overwritten ({@code secure_delete}), and temporary content never
 * reaches a file.
 */
final class SqliteConnections {
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final int WAL_SIZE_LIMIT_BYTES = 64 << 20;

    private final Path file;

    SqliteConnections(Path file) {
        this.file = file;
    }

    Connection writer() throws SQLException {
        return config().createConnection("jdbc:sqlite:" + file);
    }

    Connection reader() throws SQLException {
        Connection connection = config().createConnection("jdbc:sqlite:" + file);
        try {
            execute(connection, "PRAGMA query_only=ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setTempStore(TempStore.MEMORY);
        config.setPragma(Pragma.SECURE_DELETE, "true");
        config.setJournalSizeLimit(WAL_SIZE_LIMIT_BYTES);
        return config;
    }
}
