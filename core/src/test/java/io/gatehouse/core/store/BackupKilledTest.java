package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a program that writes and backs up at once, and looks at what is left. */
class BackupKilledTest {
    private static final BackupKey KEY = BackupKey.of(byte[]::clone, byte[]::clone);

    @TempDir
    Path directory;

    @Test
    void survivesThreeKills() throws Exception {
        survives(3);
    }

    @Test
    @Tag("long")
    void survivesFiftyKills() throws Exception {
        survives(50);
    }

    private void survives(int kills) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long newest = 0;
        for (int kill = 0; kill < kills; kill++) {
            Path acknowledged = directory.resolve("acknowledged-" + kill);
            runAndKill(acknowledged, random.nextInt(1500));
            try (Backups backups = Backups.open(directory.resolve("backups"), KEY, Clock.systemUTC())) {
                List<Backup> left = backups.list();
                for (Backup backup : left) {
                    backups.verify(backup.number());
                }
                long last = left.isEmpty() ? 0 : left.get(left.size() - 1).number();
                assertThat(last).isGreaterThanOrEqualTo(Math.max(newest, lastLine(acknowledged)));
                newest = last;
                if (last > 0) {
                    Path restored = directory.resolve("restored-" + kill).resolve("gate.db");
                    backups.restore(last, restored, BackupKilledTest::requireNoGap);
                }
                backups.keep(2);
            }
            try (Store store = Stores.open(directory.resolve("data").resolve("gate.db"))) {
                requireNoGap(store);
            }
        }
        assertThat(newest).isPositive();
    }

    private static long lastLine(Path acknowledged) throws IOException {
        List<String> lines = Files.exists(acknowledged) ? Files.readAllLines(acknowledged) : List.of();
        return lines.isEmpty() ? 0 : Long.parseLong(lines.get(lines.size() - 1));
    }

    private static void requireNoGap(Store store) throws IOException {
        store.migrate("test.things", WritesAndBacksUp.TABLE);
        assertThat(store.<Boolean>read(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("SELECT count(*), coalesce(max(n), 0) FROM thing")) {
                        row.next();
                        return row.getLong(1) == row.getLong(2);
                    }
                }))
                .isTrue();
    }

    private void runAndKill(Path acknowledged, int afterMillis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesAndBacksUp.class.getName(),
                        directory.toString(),
                        acknowledged.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("killed.log").toFile())
                .start();
        try {
            // At least one backup each time, so that a kill finds work to interrupt.
            while (process.isAlive() && !Files.exists(acknowledged)) {
                process.waitFor(5, TimeUnit.MILLISECONDS);
            }
            assertThat(process.waitFor(afterMillis, TimeUnit.MILLISECONDS))
                    .as(() -> "the program ends by being killed, see " + directory.resolve("killed.log"))
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Writes rows with one thread and takes backups with another until it is killed; says which backups are done. */
    static final class WritesAndBacksUp {
        static final Scripts TABLE = Scripts.of("CREATE TABLE thing (n INTEGER PRIMARY KEY, content TEXT);\n");

        private WritesAndBacksUp() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Path acknowledged = Path.of(arguments[1]);
            try (Store store = Stores.open(directory.resolve("data").resolve("gate.db"));
                    Backups backups = Backups.open(directory.resolve("backups"), KEY, Clock.systemUTC())) {
                store.migrate("test.things", TABLE);
                Thread writer = new Thread(() -> writeForEver(store));
                writer.setDaemon(true);
                writer.start();
                StringBuilder done = new StringBuilder();
                while (writer.isAlive()) {
                    done.append(backups.take(store).number()).append('\n');
                    Files.writeString(acknowledged, done);
                }
            }
        }

        private static void writeForEver(Store store) {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    store.write(WritesAndBacksUp::insert);
                }
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }

        private static int insert(Connection connection) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO thing SELECT coalesce(max(n), 0) + 1, hex(randomblob(500)) FROM thing")) {
                return insert.executeUpdate();
            }
        }
    }
}
