package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages the files beneath a ledger. */
class LedgerDamageTest {
    private static final int PAGE_SIZE = 4_096;
    private static final int ENTRIES = 700;
    private static final String LOG = LedgerHouse.DATABASE + "-wal";

    @TempDir
    Path directory;

    private List<LedgerEntry> recorded = List.of();

    @BeforeEach
    void record() throws IOException {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            recorded = append(house, ENTRIES);
            house.ledger().checkpoint();
        }
    }

    private static List<LedgerEntry> append(LedgerHouse house, int count) {
        List<CompletableFuture<LedgerEntry>> futures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            futures.add(house.ledger().appendAsync(LedgerHouse.event(i)));
        }
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private byte[] database() throws IOException {
        return Files.readAllBytes(directory.resolve(LedgerHouse.DATABASE));
    }

    private void damaged(byte[] bytes) throws IOException {
        Files.write(directory.resolve(LedgerHouse.DATABASE), bytes);
    }

    /** What is said of the ledger as it is: at the opening, by verify, or when everything is read. */
    private String said() {
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            List<Finding> findings = house.ledger().verify().findings();
            if (!findings.isEmpty()) {
                return findings.toString();
            }
            return house.ledger().entries(0, 10_000).equals(recorded) ? "" : "other entries than were recorded";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void aTruncatedDatabaseIsRefusedAtTheStart() throws Exception {
        byte[] whole = database();
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        IntStream anywhere = random.ints(25, 1, whole.length);
        IntStream atTheEnds = IntStream.of(1, 16, 100, 511, whole.length - 512, whole.length - 13, whole.length - 1);
        for (int length : IntStream.concat(anywhere, atTheEnds).toArray()) {
            damaged(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> LedgerHouse.open(directory).close())
                    .as("seed %d, cut to %d of %d bytes", seed, length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("restore");
        }
    }

    @Test
    void aFlippedBitInAnEntryIsFoundWithItsPlace() throws Exception {
        byte[] whole = database();
        for (int index : new int[] {0, 255, 256, 416, 699}) {
            byte[] id = LedgerTables.bytes(recorded.get(index).event().id());
            int content = indexOf(whole, concat(new byte[] {1}, id));
            for (int offset = 1; offset < 120; offset += 17) {
                byte[] flipped = whole.clone();
                flipped[content + offset] ^= 0x10;
                damaged(flipped);
                assertThat(said()).as("entry %d, byte %d", index, offset).contains("Entry " + index + " ");
            }
        }
    }

    @Test
    @DisplayName("a bit flipped anywhere in the file is found, or changes no entry")
    void aFlippedBitAnywhereChangesNothingUnnoticed() throws Exception {
        byte[] whole = database();
        // A lost key of the vault looks like a shredded one.
        Set<Integer> vault = pages("name LIKE 'vault%' OR tbl_name LIKE 'vault%'");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int noticed = 0;
        for (int i = 0; i < 60; i++) {
            byte[] flipped = whole.clone();
            int at;
            do {
                at = random.nextInt(whole.length);
            } while (vault.contains(at / PAGE_SIZE + 1));
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            damaged(flipped);
            String said = said();
            assertThat(said).as("seed %d, byte %d", seed, at).doesNotContain("other entries");
            noticed += said.isEmpty() ? 0 : 1;
        }
        assertThat(noticed).as("seed %d", seed).isPositive();
    }

    @Test
    @DisplayName("a row whose position alone was changed, which is still read where it was, is found")
    void findsARowWithThePositionOfAnother() throws Exception {
        byte[] whole = database();
        for (int index : new int[] {0, 112, 272, 421, 699}) {
            byte[] id = LedgerTables.bytes(recorded.get(index).event().id());
            int position = positionOf(whole, indexOf(whole, concat(new byte[] {1}, id)));
            for (int bit = 0; bit < 7; bit++) {
                byte[] flipped = whole.clone();
                flipped[position] ^= (byte) (1 << bit);
                damaged(flipped);
                assertThat(said())
                        .as("entry %d, bit %d", index, bit)
                        .containsPattern("ntr(y|ies) .*\\b" + index + "\\b");
            }
            byte[] flipped = whole.clone();
            flipped[position] ^= 1;
            damaged(flipped);
            try (LedgerHouse house = LedgerHouse.open(directory)) {
                assertThatThrownBy(() -> house.ledger().entries(0, ENTRIES))
                        .isInstanceOf(LedgerException.class)
                        .hasMessageContaining("entry ")
                        .hasMessageContaining("restore the last backup that verifies");
            } catch (LedgerException e) {
                assertThat(e).hasMessageContaining("restore the last backup that verifies");
            }
        }
    }

    /**
     * The last byte of the position of the row that holds a byte: a leaf of a table lists from its ninth byte where its
     * rows begin, and a row begins with its length and its position (SQLite, Database File Format, 1.6).
     */
    private static int positionOf(byte[] file, int held) {
        int page = held / PAGE_SIZE * PAGE_SIZE;
        int rows = Byte.toUnsignedInt(file[page + 3]) << 8 | Byte.toUnsignedInt(file[page + 4]);
        int begin = IntStream.range(0, rows)
                .map(row -> page + 8 + 2 * row)
                .map(at -> page + (Byte.toUnsignedInt(file[at]) << 8 | Byte.toUnsignedInt(file[at + 1])))
                .filter(at -> at <= held)
                .max()
                .orElseThrow();
        return endOfNumber(file, endOfNumber(file, begin) + 1);
    }

    private static int endOfNumber(byte[] file, int begin) {
        int at = begin;
        while (file[at] < 0) {
            at++;
        }
        return at;
    }

    @Test
    @DisplayName("bytes that one flipped bit made a text of, and persons that are gone, are found")
    void findsWhatReadsTheSameAndIsNot() throws Exception {
        byte[] whole = database();
        for (String change : List.of(
                "UPDATE ledger_entry SET pseudonym = CAST(pseudonym AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET event_id = CAST(event_id AS TEXT) WHERE position = 7",
                "UPDATE ledger_entry SET portal = CAST(portal AS BLOB) WHERE position = 7",
                "DELETE FROM ledger_person WHERE pseudonym = (SELECT pseudonym FROM ledger_entry WHERE position = 7)")) {
            damaged(whole);
            try (Store store = Stores.open("sqlite:" + directory.resolve(LedgerHouse.DATABASE))) {
                store.write(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(change);
                    }
                });
            }
            assertThat(said()).as(change).contains("ntry 7 ");
        }
    }

    private Set<Integer> pages(String where) throws IOException {
        try (Store store = Stores.open("sqlite:" + directory.resolve(LedgerHouse.DATABASE))) {
            return store.read(connection -> {
                Set<Integer> pages = new HashSet<>();
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE " + where)) {
                    while (rows.next()) {
                        pages.add(rows.getInt(1));
                    }
                }
                return pages;
            });
        }
    }

    @Test
    void aDamagedCheckpointIsFoundAtTheStart() throws Exception {
        byte[] whole = database();
        int note = indexOf(whole, ("house.example.com\n" + ENTRIES + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int offset : new int[] {0, 19, 30, 80, 150}) {
            byte[] flipped = whole.clone();
            flipped[note + offset] ^= 1;
            damaged(flipped);
            assertThatThrownBy(() -> LedgerHouse.open(directory).close())
                    .as("byte %d of the note", offset)
                    .isInstanceOf(LedgerException.class)
                    .hasMessageContaining("restore the last backup that verifies");
        }
    }

    @Test
    @DisplayName("a log that ends in the middle, as after a power cut, leaves a ledger that verifies and goes on")
    void aTornLogLeavesAWholeLedger() throws Exception {
        Path torn = Files.createDirectory(directory.resolve("torn"));
        Files.copy(directory.resolve("vault.key"), torn.resolve("vault.key"));
        byte[] database;
        byte[] log;
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            for (int i = 0; i < 40; i++) {
                house.ledger().append(LedgerHouse.event(i));
            }
            database = database();
            log = Files.readAllBytes(directory.resolve(LOG));
        }
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            int length = random.nextInt(log.length);
            Files.write(torn.resolve(LedgerHouse.DATABASE), database);
            Files.write(torn.resolve(LOG), Arrays.copyOf(log, length));
            Files.deleteIfExists(torn.resolve(LedgerHouse.DATABASE + "-shm"));
            try (LedgerHouse house = LedgerHouse.open(torn)) {
                String as = "seed " + seed + ", log cut to " + length;
                assertThat(house.ledger().verify().findings()).as(as).isEmpty();
                assertThat(house.ledger().size()).as(as).isBetween((long) ENTRIES, ENTRIES + 40L);
                assertThat(house.ledger().entries(0, ENTRIES)).as(as).isEqualTo(recorded);
                house.ledger().append(LedgerHouse.event(1));
            }
        }
    }

    @Test
    @DisplayName("on a disk that is full, appending says so and goes on when there is space")
    void goesOnWhenThereIsSpaceAgain() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString()),
                "skipped: no small disk can be mounted here");
        try {
            Files.copy(directory.resolve("vault.key"), disk.resolve("vault.key"), StandardCopyOption.COPY_ATTRIBUTES);
            try (LedgerHouse house = LedgerHouse.open(disk)) {
                List<CompletableFuture<LedgerEntry>> futures = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    futures.add(house.ledger().appendAsync(LedgerHouse.event(i)));
                }
                long kept = futures.stream()
                        .filter(each ->
                                each.handle((entry, failure) -> failure == null).join())
                        .count();
                assertThat(kept).isLessThan(10_000);
                assertThat(house.ledger().size()).isEqualTo(kept);
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 10_000; i++) {
                                house.ledger().append(LedgerHouse.event(i));
                            }
                        })
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("full");
                assertThat(run("mount", "-o", "remount,size=64m", disk.toString()))
                        .isTrue();
                long before = house.ledger().size();
                assertThat(append(house, 1_000)).extracting(LedgerEntry::index).startsWith(before);
                assertThat(house.ledger().verify().findings()).isEmpty();
            }
            try (LedgerHouse house = LedgerHouse.open(disk)) {
                assertThat(house.ledger().verify().findings()).isEmpty();
            }
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not in the file");
    }
}
