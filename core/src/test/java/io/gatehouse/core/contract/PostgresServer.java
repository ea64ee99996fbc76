package io.gatehouse.core.contract;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL server for tests, one a virtual machine, with a new database for whoever asks. Thread-safe. */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Started when a test first needs it; ends with the virtual machine. */
    private static final class Running {
        private static final Optional<EmbeddedPostgres> SERVER;
        private static final String WHY_NOT;

        static {
            @Nullable EmbeddedPostgres started = null;
            String why = "";
            try {
                started = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "off")
                        .setCleanDataDirectory(true)
                        .start();
            } catch (IOException | RuntimeException e) {
                why = e.toString();
            }
            SERVER = Optional.ofNullable(started);
            WHY_NOT = why;
        }
    }

    private PostgresServer() {}

    /** The URL of a new, empty database; the test is skipped, with a message, where no server can be started. */
    public static String newDatabase() {
        Assumptions.assumeTrue(
                Running.SERVER.isPresent(), () -> "skipped: no PostgreSQL server could be started: " + Running.WHY_NOT);
        EmbeddedPostgres server = Running.SERVER.orElseThrow();
        String name = "gatehouse_" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return "postgresql://postgres:postgres@localhost:" + server.getPort() + "/" + name;
    }
}
