package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a program that brings an old ledger's tables up to date. The old database is a new one that was taken back to the
 * tables of version 1; {@code OldDatabaseTest} opens one that was kept.
 */
class MigrationKilledTest {
    /** More than two slices of listing old entries. */
    private static final int ENTRIES = 21_000;

    private static final String LOG = LedgerHouse.DATABASE + "-wal";

    @TempDir
    Path directory;

    @Test
    @DisplayName("5 programs killed while they migrate: the next start ends what they began")
    void theNextStartEndsTheMigration() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    @DisplayName("50 programs killed while they migrate: the next start ends what they began")
    void theNextStartEndsTheMigrationAfterFiftyKills() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("MigrationKilledTest seed " + seed);
        Random random = new Random(seed);
        makeOld();
        long most = runUntilLog(Long.MAX_VALUE).orElseThrow();
        int interrupted = 0;
        for (int time = 0; time < times; time++) {
            takeOld();
            String as = "seed " + seed + ", kill " + time;
            // A program that ends what another began may be killed too.
            for (int again = 0; again <= random.nextInt(2); again++) {
                boolean ended = runUntilLog(random.nextLong(most)).isPresent();
                interrupted += ended ? 0 : 1;
                requireNoHalfScript(as);
            }
            check(as);
        }
        assertThat(interrupted).as("seed %d", seed).isPositive();
    }

    private Path database() {
        return directory.resolve(LedgerHouse.DATABASE);
    }

    private Path old() {
        return directory.resolve("old");
    }

    private void makeOld() throws Exception {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            List<CompletableFuture<LedgerEntry>> futures = new ArrayList<>();
            for (int i = 0; i < ENTRIES; i++) {
                futures.add(house.ledger().appendAsync(LedgerHouse.event(i)));
            }
            futures.forEach(CompletableFuture::join);
            house.ledger().checkpoint();
        }
        try (Store store = Stores.open(database())) {
            store.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String table : List.of("run", "run_person", "next_key", "watch", "tile")) {
                        statement.execute("DROP TABLE ledger_" + table);
                    }
                    statement.execute("DROP INDEX ledger_entry_key_change");
                    for (String column : List.of("occurred_nanos", "kind", "portal", "zone")) {
                        statement.execute("ALTER TABLE ledger_entry DROP COLUMN " + column);
                    }
                    return statement.executeUpdate(
                            "DELETE FROM store_migration WHERE room = 'core.ledger' AND version > 1");
                }
            });
        }
        Files.copy(database(), old());
    }

    private void takeOld() throws IOException {
        for (String part : List.of("-wal", "-shm")) {
            Files.deleteIfExists(directory.resolve(LedgerHouse.DATABASE + part));
        }
        Files.copy(old(), database(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Kills it when its log has so many bytes; if it ended before, the bytes that the log had then. */
    private Optional<Long> runUntilLog(long bytes) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Migrating.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("errors").toFile()))
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).as(this::errors).isEqualTo("migrating");
            while (process.isAlive() && !out.ready() && logBytes() <= bytes) {
                Thread.onSpinWait();
            }
            if (bytes < Long.MAX_VALUE) {
                assertThat(process.toHandle().destroyForcibly()).isTrue();
            }
            String said = out.readLine();
            if (bytes == Long.MAX_VALUE) {
                assertThat(process.toHandle().destroyForcibly()).isTrue();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said == null ? Optional.empty() : Optional.of(Long.valueOf(said.split(" ", -1)[1]));
        } finally {
            process.destroyForcibly();
        }
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private long logBytes() throws IOException {
        Path log = directory.resolve(LOG);
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** A script is recorded exactly if what it makes is there. */
    private void requireNoHalfScript(String as) throws IOException {
        try (Store store = Stores.open(database())) {
            long scripts = number(store, "SELECT count(*) FROM store_migration WHERE room = 'core.ledger'");
            long columns = number(
                    store,
                    "SELECT count(*) FROM pragma_table_info('ledger_entry')"
                            + " WHERE name IN ('occurred_nanos', 'kind', 'portal', 'zone')");
            long indexes = number(store, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'ledger_entry_%'");
            long tables = number(
                    store,
                    "SELECT count(*) FROM sqlite_schema WHERE name IN"
                            + " ('ledger_run', 'ledger_run_person', 'ledger_next_key', 'ledger_watch', 'ledger_tile')");
            assertThat(List.of(scripts, columns, indexes, tables))
                    .as(as)
                    .isIn(
                            List.of(1L, 0L, 0L, 0L),
                            List.of(2L, 4L, 5L, 0L),
                            List.of(3L, 4L, 4L, 2L),
                            List.of(4L, 4L, 4L, 3L),
                            List.of(5L, 4L, 4L, 4L),
                            List.of(6L, 4L, 4L, 4L),
                            List.of(7L, 4L, 0L, 5L),
                            List.of(8L, 4L, 1L, 5L));
        }
    }

    private static long number(Store store, String sql) throws IOException {
        return store.<Long>read(connection -> number(connection, sql));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void check(String as) throws Exception {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            assertThat(house.ledger().size()).as(as).isEqualTo(ENTRIES);
            assertThat(house.ledger().verify().findings()).as(as).isEmpty();
            assertThat(number(house.store(), "SELECT count(*) FROM ledger_entry WHERE occurred_nanos IS NULL"))
                    .as(as)
                    .isZero();
            LedgerQuery query =
                    LedgerQuery.builder().person(PersonId.of("person-3")).build();
            assertThat(house.ledger().search(query, Optional.empty()).entries())
                    .as(as)
                    .isNotEmpty()
                    .allMatch(entry -> entry.event().person().equals(Optional.of(PersonId.of("person-3"))));
            assertThat(house.ledger().append(LedgerHouse.event(0)).index())
                    .as(as)
                    .isEqualTo(ENTRIES);
        }
    }

    /** Opens the ledger, says how long its log has become, and waits to be killed. */
    static final class Migrating {
        private Migrating() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            System.out.println("migrating");
            try (LedgerHouse house = LedgerHouse.open(directory)) {
                Path log = directory.resolve(LOG);
                System.out.println("migrated " + (Files.exists(log) ? Files.size(log) : 0) + " " + house.ledger());
                System.in.read();
            }
        }
    }
}
