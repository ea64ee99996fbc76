package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves rows about between pages until copies lie in the unused middle of some. */
class SqliteRemainsTest {
    private static final int ROWS = 600;
    private static final Pattern SECRET = Pattern.compile("secret-[0-9]{6}");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Set<String> present = new TreeSet<>();

    @TempDir
    Path folder;

    private Path database() {
        return folder.resolve("gatehouse.db");
    }

    private Store store() throws StoreException {
        System.out.println("seed " + seed);
        Store store = Stores.open("sqlite:" + database());
        store.migrate(
                "test", List.of("CREATE TABLE secrets (id BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"));
        return store;
    }

    private void insert(Store store, int from, int rows) throws StoreException {
        List<String> values = new ArrayList<>();
        for (int i = from; i < from + rows; i++) {
            values.add(String.format("secret-%06d", i));
        }
        Collections.shuffle(values, random);
        for (String value : values) {
            put(store, "INSERT INTO secrets (value, id) VALUES (?, ?)", value);
            present.add(value);
        }
    }

    private void grow(Store store, int rows) throws StoreException {
        for (String value : some(rows)) {
            put(store, "UPDATE secrets SET value = ? WHERE id = ?", value);
        }
    }

    private void delete(Store store, String value) throws StoreException {
        store.write(connection -> execute(connection, "DELETE FROM secrets WHERE id = ?", id(value)));
        present.remove(value);
    }

    private void put(Store store, String sql, String value) throws StoreException {
        byte[] filled = value.repeat(5 + random.nextInt(30)).getBytes(StandardCharsets.UTF_8);
        store.write(connection -> execute(connection, sql, filled, id(value)));
    }

    private static int execute(Connection connection, String sql, byte[]... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setBytes(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** Spread over the tree, and the same for the same row. */
    private static byte[] id(String value) {
        return HexFormat.of().parseHex(String.format("%08x", value.hashCode() * 0x9E3779B9));
    }

    private List<String> some(int rows) {
        List<String> all = new ArrayList<>(present);
        Collections.shuffle(all, random);
        return all.subList(0, rows);
    }

    private Set<String> inFiles() throws Exception {
        Set<String> found = new TreeSet<>();
        for (String name : List.of("gatehouse.db", "gatehouse.db-wal")) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                Matcher matcher = SECRET.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
                while (matcher.find()) {
                    found.add(matcher.group());
                }
            }
        }
        return found;
    }

    @Test
    @DisplayName("ATT-7 After a scrub no page has a copy of a row that was moved before it was deleted")
    void leavesNoCopyOfRowsThatWereMoved() throws Exception {
        try (Store store = store()) {
            insert(store, 0, ROWS);
            for (int round = 0; round < 20; round++) {
                grow(store, 60);
                for (String value : some(12)) {
                    delete(store, value);
                }
                store.scrub();
                assertThat(inFiles()).as("seed %d, round %d", seed, round).isEqualTo(present);
                insert(store, ROWS * (round + 1), 10);
            }
        }
        SqliteConnections.requireSound(database());
    }

    @Test
    void deletingAloneLeavesCopiesWhichWipingTheFileTakesAway() throws Exception {
        // Whether a row is moved depends on where the others lie, so it is tried until one was.
        for (int round = 0; round < 100 && inFiles().size() == present.size(); round++) {
            try (Store store = store()) {
                insert(store, ROWS * round, ROWS);
                grow(store, ROWS / 2);
                for (String value : some(ROWS / 2)) {
                    delete(store, value);
                }
            }
        }
        assertThat(inFiles()).as("seed %d: else this test says nothing", seed).hasSizeGreaterThan(present.size());
        assertThat(SqliteRemains.wipe(database(), Optional.empty())).isPositive();
        assertThat(inFiles()).isEqualTo(present);
        SqliteConnections.requireSound(database());
        assertThat(SqliteRemains.wipe(database(), Optional.empty())).isZero();
    }

    @Test
    void knowsThePagesThatTheFirstLogChanged() throws Exception {
        Path log = folder.resolve("gatehouse.db-wal");
        assertThat(SqliteRemains.changed(log)).contains(new BitSet());
        try (Store store = store()) {
            insert(store, 0, 50);
            BitSet changed = SqliteRemains.changed(log).orElseThrow();
            assertThat(changed.cardinality()).isPositive();
            assertThat(changed.length() - 1L).isLessThanOrEqualTo(Files.size(log) / 4_096);
            assertThat(changed.get(0)).isFalse();
        }
    }

    @Test
    void scrubsWhatAProgramLeftThatDied() throws Exception {
        try (Store store = store()) {
            insert(store, 0, ROWS);
            grow(store, ROWS / 2);
            for (String value : some(ROWS / 2)) {
                delete(store, value);
            }
            Path copy = Files.createDirectory(folder.resolve("died"));
            for (String name : List.of("gatehouse.db", "gatehouse.db-wal")) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
            try (Store after = Stores.open("sqlite:" + copy.resolve("gatehouse.db"))) {
                after.scrub();
                Matcher matcher =
                        SECRET.matcher(Files.readString(copy.resolve("gatehouse.db"), StandardCharsets.ISO_8859_1));
                assertThat(matcher.results().map(found -> found.group()).filter(found -> !present.contains(found)))
                        .isEmpty();
            }
        }
    }
}
