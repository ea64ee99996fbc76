package io.gatehouse.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Connections to a PostgreSQL database with the settings that the store's promises rest on. Loaded only when a
 * PostgreSQL URL is opened, so that a gate on SQLite needs neither the pool nor the driver.
 */
final class PostgresPool implements AutoCloseable {
    private static final String DRIVER = "org.postgresql.Driver";
    private static final int WAIT_MILLIS = 30_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private final HikariDataSource source;

    private PostgresPool(HikariDataSource source) {
        this.source = source;
    }

    static PostgresPool open(PostgresUrl url) throws SQLException, StoreException {
        HikariConfig config = new HikariConfig();
        try {
            config.setDriverClassName(DRIVER);
        } catch (RuntimeException e) {
            throw new StoreException(
                    "The PostgreSQL driver is missing: add org.postgresql:postgresql to the application.", e);
        }
        config.setJdbcUrl(url.jdbc());
        config.setPoolName("gatehouse");
        config.setAutoCommit(false);
        config.setMaximumPoolSize(url.pool());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        // A commit is on the server's disk when it returns; what an operator made stronger stays.
        config.setConnectionInitSql("SELECT set_config('synchronous_commit', 'on', false)"
                + " WHERE current_setting('synchronous_commit') = 'off'");
        // Else that statement would leave its transaction open, and the first work would begin in it.
        config.setIsolateInternalQueries(true);
        config.setDataSourceProperties(properties(url));
        try {
            return new PostgresPool(new HikariDataSource(config));
        } catch (PoolInitializationException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getMessage(), e);
        }
    }

    private static Properties properties(PostgresUrl url) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "gatehouse");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        // Long answers come in portions, so that memory stays bounded.
        properties.setProperty("defaultRowFetchSize", Integer.toString(ROWS_AT_ONCE));
        properties.putAll(url.options());
        // The server's details quote the values of rows, which may be personal data.
        properties.setProperty("logServerErrorDetail", "false");
        if (!url.user().isEmpty()) {
            properties.setProperty("user", url.user());
        }
        if (!url.password().isEmpty()) {
            properties.setProperty("password", url.password());
        }
        return properties;
    }

    /** A connection of its own, outside the pool and without what makes commits durable. */
    static Connection connect(PostgresUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbc(), properties(url));
    }

    Connection connection() throws SQLException {
        return source.getConnection();
    }

    @Override
    public void close() {
        source.close();
    }
}
