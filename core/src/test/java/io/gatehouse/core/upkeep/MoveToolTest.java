package io.gatehouse.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.contract.PostgresServer;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveToolTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-02T12:00:00Z"));
    private static final String ORIGIN = "example.com/moved";
    private static final int ENTRIES = 300;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Checkpoint checkpoint;
    private VerifierKey key;
    private String from;

    @BeforeEach
    void fill() throws IOException {
        from = "sqlite:" + directory.resolve("gate.db");
        try (Store store = Stores.open(from);
                KeyEncryptionKey outer = outer();
                StoreVault vault = StoreVault.open(store, outer, CLOCK);
                StoreLedger ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK)) {
            for (int i = 0; i < ENTRIES; i++) {
                ledger.append(event());
            }
            checkpoint = ledger.checkpoint();
            key = ledger.verifierKey();
            ledger.append(event());
        }
    }

    private static LedgerEvent event() {
        return LedgerEvent.builder(EventKind.of("test.event"), CLOCK.instant())
                .person(PersonId.of("ada"))
                .build();
    }

    private KeyEncryptionKey outer() {
        return KeyEncryptionKey.ofKeyFile(directory.resolve("outer.key"));
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.reset();
        err.reset();
        return MoveTool.run(arguments, environment, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void alterSource() throws StoreException {
        try (Store store = Stores.open(from)) {
            store.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE ledger_entry SET portal = 'other' WHERE position = 41");
                }
            });
        }
    }

    @Test
    void movesEverythingAndSaysWhichCheckpointHolds() throws Exception {
        String to = PostgresServer.newDatabase();

        assertThat(run(Map.of("TARGET", to), from, "env:TARGET", key.toString()))
                .as(err::toString)
                .isEqualTo(MoveTool.MOVED);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ledger_entry: " + (ENTRIES + 1) + " rows")
                .contains("checkpoint of " + ENTRIES + " entries, root " + checkpoint.rootHash());
        try (Store store = Stores.open(to);
                KeyEncryptionKey outer = outer();
                StoreVault vault = StoreVault.open(store, outer, CLOCK);
                StoreLedger ledger = StoreLedger.open(store, vault, ORIGIN, CLOCK)) {
            assertThat(ledger.verifierKey()).isEqualTo(key);
            assertThat(ledger.append(event()).index()).isEqualTo(ENTRIES + 1);
            assertThat(ledger.verify().isVerified()).isTrue();
        }
        assertThat(run(from, to, key.toString())).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("nothing was moved")
                .contains("empty database");
    }

    @Test
    void movesNothingOfALedgerThatDoesNotVerify() throws Exception {
        String to = PostgresServer.newDatabase();
        alterSource();
        assertThat(run(from, to, key.toString())).isEqualTo(MoveTool.NOT_VERIFIED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("nothing was moved")
                .contains("Entry 41");
        VerifierKey other = new VerifierKey(ORIGIN, new byte[32]);
        assertThat(run(from, to, other.toString())).isEqualTo(MoveTool.NOT_VERIFIED);
        try (Store store = Stores.open(to)) {
            String table = "CREATE TABLE ledger_entry (n INTEGER);\n";
            store.migrate("test.empty", List.of(table));
        }
    }

    @Test
    void saysWhatItNeedsAndMakesNoDatabaseOfAWrongPath() throws Exception {
        assertThat(run()).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Usage: MoveTool <from> <to> <verifier key>");
        Path wrong = directory.resolve("gates.db");
        assertThat(run("sqlite:" + wrong, "postgresql://a:secret@localhost/b", key.toString()))
                .isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no database " + wrong)
                .doesNotContain("secret");
        assertThat(Files.exists(wrong)).isFalse();
        assertThat(run("env:NONE", "env:NONE", key.toString())).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("NONE is not set");
        assertThat(run("postgresql://a:secret@h/b", from, key.toString())).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(run(from, from, key.toString())).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(run(from, "postgresql://a:secret@localhost:1/b", "no key")).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(run(from, "postgresql://a:secret@localhost:1/b", key.toString()))
                .isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("secret");
    }

    @Test
    void endsWithItsExitCode() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MoveTool.class.getName(),
                        "sqlite:" + directory.resolve("none.db"),
                        "postgresql://localhost/none",
                        key.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(MoveTool.NOT_POSSIBLE);
        assertThat(said).contains("there is no database");
    }
}
