package io.gatehouse.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the move to PostgreSQL at any moment: the target has everything or nothing, and the source everything. */
class MoveKilledTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
    private static final int ENTRIES = 5_000;

    @TempDir
    Path directory;

    private String from = "";

    /** Known when the source is filled. */
    private Optional<VerifierKey> key = Optional.empty();

    @Test
    @DisplayName("5 moves killed: the next one needs no repair")
    void theNextMoveNeedsNoRepair() throws Exception {
        kill(5);
    }

    @Test
    @Tag("long")
    @DisplayName("50 moves killed: the next one needs no repair")
    void theNextMoveNeedsNoRepairAfterFiftyKills() throws Exception {
        kill(50);
    }

    private void kill(int times) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("MoveKilledTest seed " + seed);
        Random random = new Random(seed);
        fill();
        long begun = System.nanoTime();
        Process whole = start(PostgresServer.newDatabase());
        assertThat(whole.waitFor()).isEqualTo(MoveTool.MOVED);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        for (int time = 0; time < times; time++) {
            String to = PostgresServer.newDatabase();
            Process process = start(to);
            long after = random.nextLong(millis + 1);
            process.waitFor(after, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            check(to, "seed " + seed + ", kill " + time + " after " + after + " ms");
        }
    }

    private void fill() throws IOException {
        from = "sqlite:" + directory.resolve("gate.db");
        try (Store store = Stores.open(from);
                KeyEncryptionKey outer = KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"));
                StoreVault vault = StoreVault.open(store, outer, CLOCK);
                StoreLedger ledger = StoreLedger.open(store, vault, "example.com/moved", CLOCK)) {
            IntStream.range(0, ENTRIES)
                    .mapToObj(i -> ledger.appendAsync(LedgerEvent.builder(EventKind.of("test.event"), CLOCK.instant())
                            .build()))
                    .toList()
                    .forEach(CompletableFuture::join);
            ledger.checkpoint();
            key = Optional.of(ledger.verifierKey());
        }
    }

    private Process start(String to) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MoveTool.class.getName(),
                        from,
                        to,
                        key.orElseThrow().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Moves again: a killed move left nothing, or had moved everything. */
    private void check(String to, String as) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = MoveTool.run(new String[] {from, to, key.orElseThrow().toString()}, Map.of(), out, out);
        String words = as + ": " + said.toString(StandardCharsets.UTF_8);
        if (code != MoveTool.MOVED) {
            assertThat(said.toString(StandardCharsets.UTF_8)).as(words).contains("move into an empty database");
        }
        for (String url : new String[] {from, to}) {
            try (Store store = Stores.open(url)) {
                assertThat(StoreLedger.verify(store, key.orElseThrow()).isVerified())
                        .as(words)
                        .isTrue();
            }
        }
    }
}
