package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.vault.KeyEncryptionKey;
import io.gatehouse.core.vault.StoreVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Scripts TABLE = Scripts.of("CREATE TABLE thing (n INTEGER PRIMARY KEY, content TEXT);\n");
    private static final String SECRET = "planted-secret-";
    private static final RestoreCheck NOTHING = store -> {};

    @TempDir
    Path directory;

    private final BackupKey key = xorKey(0x5A);
    private Store store;

    /** A stand-in for the vault's outer key, which a test below uses as it is. */
    private static BackupKey xorKey(int mask) {
        BackupKey.Step step = bytes -> {
            byte[] other = bytes.clone();
            for (int i = 0; i < other.length; i++) {
                other[i] ^= (byte) mask;
            }
            return other;
        };
        return BackupKey.of(step, step);
    }

    @BeforeEach
    void openStore() throws StoreException {
        store = Stores.open(directory.resolve("data").resolve("gate.db"));
        store.migrate("test.things", TABLE);
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    private Path where() {
        return directory.resolve("backups");
    }

    private Backups open() throws IOException {
        return Backups.open(where(), key, CLOCK);
    }

    private void insert(int from, int count) throws StoreException {
        Random random = new Random(from);
        store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO thing VALUES (?, ?)")) {
                for (int n = from; n < from + count; n++) {
                    insert.setInt(1, n);
                    insert.setString(2, SECRET + random.nextLong() + "-".repeat(400));
                    insert.addBatch();
                }
                insert.executeBatch();
                return count;
            }
        });
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM thing")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long countIn(Path database) throws StoreException {
        try (Store restored = Stores.open(database)) {
            return restored.read(BackupsTest::count);
        }
    }

    private List<Path> backupFiles() throws IOException {
        try (Stream<Path> files = Files.walk(where())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void restoresEachStateThatWasBackedUp() throws Exception {
        try (Backups backups = open()) {
            insert(0, 1000);
            Backup first = backups.take(store);
            insert(1000, 500);
            Backup second = backups.take(store);
            insert(1500, 1);

            assertThat(backups.list()).extracting(Backup::number).containsExactly(1L, 2L);
            assertThat(first.takenAt()).isEqualTo(CLOCK.instant());
            backups.restore(second.number(), directory.resolve("b").resolve("gate.db"), NOTHING);
            backups.restore(first.number(), directory.resolve("a").resolve("gate.db"), NOTHING);
        }
        assertThat(countIn(directory.resolve("a").resolve("gate.db"))).isEqualTo(1000);
        assertThat(countIn(directory.resolve("b").resolve("gate.db"))).isEqualTo(1500);
    }

    @Test
    void writesOnlyWhatChanged() throws Exception {
        try (Backups backups = open()) {
            insert(0, 4000);
            Backup first = backups.take(store);
            Backup same = backups.take(store);
            insert(4000, 50);
            Backup grown = backups.take(store);

            assertThat(first.newChunks()).isEqualTo(first.chunks()).isGreaterThan(20);
            assertThat(same.newChunks()).isZero();
            assertThat(grown.newChunks()).isBetween(1, 4);
        }
    }

    @Test
    void keepsEverythingEncryptedAndNoCopyBehind() throws Exception {
        insert(0, 100);
        try (Backups backups = open()) {
            backups.take(store);
        }
        for (Path file : backupFiles()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET)
                    .doesNotContain("SQLite format");
        }
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("backup-copy"));
        }
    }

    @Test
    void refusesABackupOfWhichAnyFileIsAlteredCutOrMissing() throws Exception {
        insert(0, 200);
        try (Backups backups = open()) {
            backups.take(store);
        }
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (Path file : backupFiles()) {
            if (file.endsWith("backup.lock")) {
                continue;
            }
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            for (byte[] other : List.of(flipped, Arrays.copyOf(whole, whole.length - 1), new byte[0])) {
                Files.write(file, other);
                assertRefused();
            }
            Files.delete(file);
            assertRefused();
            Files.write(file, whole);
        }
        try (Backups backups = open()) {
            backups.verify(1);
        }
    }

    private void assertRefused() {
        Path target = directory.resolve("refused").resolve("gate.db");
        assertThatThrownBy(() -> {
                    try (Backups backups = open()) {
                        backups.restore(1, target, NOTHING);
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(target).doesNotExist();
        assertThat(target.resolveSibling("gate.db.restoring")).doesNotExist();
    }

    @Test
    void mendsADamagedChunkWithTheNextBackup() throws Exception {
        insert(0, 200);
        try (Backups backups = open()) {
            backups.take(store);
            Path chunk = backupFiles().stream()
                    .filter(file -> file.toString().contains("chunks"))
                    .findFirst()
                    .orElseThrow();
            Files.write(chunk, new byte[100]);
            assertThatThrownBy(() -> backups.verify(1)).hasMessageContaining("was altered or cut");
            assertThat(backups.take(store).newChunks()).isOne();
            backups.verify(1);
        }
    }

    @Test
    void putsNothingInPlaceThatACheckRefuses() throws Exception {
        insert(0, 10);
        Path target = directory.resolve("restored").resolve("gate.db");
        try (Backups backups = open()) {
            backups.take(store);
            RestoreCheck refuses = restored -> {
                throw new StoreException("older than the checkpoint known outside");
            };
            assertThatThrownBy(() -> backups.restore(1, target, RestoreCheck.all(NOTHING, refuses)))
                    .hasMessageContaining("older than the checkpoint");
            try (Stream<Path> files = Files.list(target.resolveSibling("."))) {
                assertThat(files).isEmpty();
            }
            RestoreCheck mends = restored -> restored.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("DELETE FROM thing WHERE n < 3");
                }
            });
            backups.restore(1, target, mends);
        }
        assertThat(countIn(target)).isEqualTo(7);
    }

    @Test
    void restoresIntoAnEmptyDirectoryOnly() throws Exception {
        try (Backups backups = open()) {
            backups.take(store);
            assertThatThrownBy(
                            () -> backups.restore(1, directory.resolve("data").resolve("gate.db"), NOTHING))
                    .hasMessageContaining("empty directory");
            assertThatThrownBy(() -> backups.restore(2, directory.resolve("c").resolve("gate.db"), NOTHING))
                    .hasMessageContaining("no backup 2");
            Path leftBehind = directory.resolve("c").resolve("gate.db.restoring");
            Files.createDirectories(directory.resolve("c"));
            Files.writeString(leftBehind, "an interrupted restore");
            backups.restore(1, directory.resolve("c").resolve("gate.db"), NOTHING);
            assertThat(leftBehind).doesNotExist();
        }
    }

    @Test
    void dropsOldBackupsAndWhatOnlyTheyNeeded() throws Exception {
        try (Backups backups = open()) {
            insert(0, 2000);
            backups.take(store);
            store.write(connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("UPDATE thing SET content = 'short'");
                }
            });
            Backup last = backups.take(store);
            backups.keep(1);
            assertThat(backups.list()).extracting(Backup::number).containsExactly(2L);
            assertThat(backupFiles().stream()
                            .filter(file -> file.toString().contains("chunks"))
                            .count())
                    .isEqualTo(last.chunks());
            backups.verify(2);
            assertThat(backups.take(store).number()).isEqualTo(3);
            assertThatIllegalArgumentException().isThrownBy(() -> backups.keep(0));
        }
    }

    @Test
    void refusesASecondOpenerAndAnotherKey() throws Exception {
        try (Backups backups = open()) {
            backups.take(store);
            assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("already open");
        }
        assertThatThrownBy(() -> Backups.open(where(), xorKey(1), CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("made with another key");
        open().close();
    }

    @Test
    void backsUpAVaultAndALedgerAndReplaysWhatWasShreddedSince() throws Exception {
        PersonId person = PersonId.of("person-1");
        try (KeyEncryptionKey outer = KeyEncryptionKey.ofPassphrase("correct horse".toCharArray());
                Backups backups = Backups.open(where(), BackupKey.of(outer::wrap, outer::unwrap), CLOCK);
                StoreVault vault = StoreVault.open(store, outer, CLOCK)) {
            StoreLedger ledger = StoreLedger.open(store, vault, "example.com/test", CLOCK);
            byte[] sealed = vault.seal(person, DataClass.FACE_TEMPLATE, new byte[] {1});
            ledger.append(event());
            Checkpoint known = ledger.checkpoint();
            backups.take(store);
            ledger.append(event());
            Checkpoint newer = ledger.checkpoint();
            vault.shred(person, DataClass.FACE_TEMPLATE);

            Path target = directory.resolve("restored").resolve("gate.db");
            assertThatThrownBy(() -> backups.restore(1, target, holds(outer, newer)))
                    .hasMessageContaining("entries from 1 to 1 are missing");
            backups.restore(1, target, RestoreCheck.all(holds(outer, known), restored -> {
                try (StoreVault again = StoreVault.open(restored, outer, CLOCK)) {
                    assertThat(again.open(person, DataClass.FACE_TEMPLATE, sealed))
                            .isPresent();
                    again.shred(person, DataClass.FACE_TEMPLATE);
                }
            }));
            try (Store restored = Stores.open(target);
                    StoreVault again = StoreVault.open(restored, outer, CLOCK)) {
                assertThat(again.open(person, DataClass.FACE_TEMPLATE, sealed)).isEmpty();
            }
        }
    }

    private static LedgerEvent event() {
        return LedgerEvent.builder(EventKind.of("test.event"), CLOCK.instant()).build();
    }

    /** The restored ledger verifies and is no shorter than the newest checkpoint known outside. */
    private static RestoreCheck holds(KeyEncryptionKey outer, Checkpoint newest) {
        return restored -> {
            try (StoreVault vault = StoreVault.open(restored, outer, CLOCK)) {
                StoreLedger ledger = StoreLedger.open(restored, vault, newest.origin(), CLOCK);
                assertThat(ledger.verify()).isInstanceOf(Verification.Verified.class);
                if (ledger.size() < newest.size()) {
                    throw new StoreException(
                            "entries from " + ledger.size() + " to " + (newest.size() - 1) + " are missing");
                }
            }
        };
    }
}
