package io.gatehouse.policy.retain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans a purge of many rows in a program with a small heap, which could not hold them. */
class BoundedPlanTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final int CHUNK = 50_000;

    @TempDir
    Path directory;

    @Test
    @DisplayName("ATT-7 300,000 rows are planned in a heap of 24 MB")
    void plansManyRowsInASmallHeap() throws Exception {
        plan(300_000, "-Xmx24m");
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-7 ten million rows are planned in a heap of 48 MB")
    void plansTenMillionRowsInASmallHeap() throws Exception {
        plan(10_000_000, "-Xmx48m");
    }

    private void plan(int rows, String heap) throws Exception {
        try (RetainHouse house = RetainHouse.open(directory, () -> START)) {
            fill(house.store, rows);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Planning.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String out = Files.readString(directory.resolve("out"));
        System.out.println(rows + " rows, " + heap + ": " + out);
        assertThat(out).contains("planned " + rows + " items");
    }

    private static void fill(Store store, int rows) throws IOException {
        for (int from = 0; from < rows; from += CHUNK) {
            int first = from;
            store.write(connection -> {
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO room_footage (id, started_millis, place) VALUES (?, ?, 'door')")) {
                    for (int i = first; i < Math.min(rows, first + CHUNK); i++) {
                        insert.setString(1, "f" + i);
                        insert.setLong(2, START.toEpochMilli() + i);
                        insert.addBatch();
                    }
                    return insert.executeBatch().length;
                }
            });
        }
    }

    /** Says what it would purge, and how long that took. */
    static final class Planning {
        private Planning() {}

        public static void main(String[] arguments) throws IOException {
            Instant later = START.plus(Duration.ofDays(60));
            try (RetainHouse house = RetainHouse.open(Path.of(arguments[0]), () -> later)) {
                long begin = System.nanoTime();
                PurgePlan plan = house.job.plan();
                long millis = (System.nanoTime() - begin) / 1_000_000;
                System.out.println("planned " + plan.items() + " items in " + millis + " ms");
            }
        }
    }
}
