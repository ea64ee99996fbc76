package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final List<String> TABLE = List.of("CREATE TABLE thing (name TEXT NOT NULL);\n");

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("data").resolve("gatehouse.db");
    }

    private Store openWithTable() throws StoreException {
        Store store = Stores.open("sqlite:" + file());
        store.migrate("test.things", TABLE);
        return store;
    }

    private static void insert(Store store, String name) throws StoreException {
        store.write(connection -> insert(connection, name));
    }

    private static int insert(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO thing VALUES (?)")) {
            statement.setString(1, name);
            return statement.executeUpdate();
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM thing ORDER BY rowid")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return 0;
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void keepsWhatWasWrittenOverClosingAndOpening() throws Exception {
        try (Store store = openWithTable()) {
            insert(store, "a");
        }
        try (Store store = openWithTable()) {
            insert(store, "b");
            assertThat(store.read(StoreTest::names)).containsExactly("a", "b");
        }
    }

    @Test
    void setsWhatItsPromisesRestOn() throws Exception {
        try (Store store = openWithTable()) {
            Store.Work<List<String>> pragmas = connection -> List.of(
                    pragma(connection, "journal_mode"),
                    pragma(connection, "synchronous"),
                    pragma(connection, "secure_delete"),
                    pragma(connection, "foreign_keys"),
                    pragma(connection, "temp_store"));
            assertThat(store.write(pragmas)).containsExactly("wal", "2", "1", "1", "2");
            assertThat(store.read(pragmas)).containsExactly("wal", "2", "1", "1", "2");
        }
    }

    @Test
    void leavesNothingOfAWorkThatThrows() throws Exception {
        try (Store store = openWithTable()) {
            insert(store, "kept");
            assertThatThrownBy(() -> store.write(connection -> {
                        insert(connection, "lost");
                        throw new IllegalArgumentException("the work fails");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.write(connection -> {
                        insert(connection, "lost");
                        throw new StackOverflowError("the work fails badly");
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> store.write(connection -> {
                        insert(connection, "lost");
                        return execute(connection, "INSERT INTO nowhere VALUES (1)");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("nothing of it stays");
            insert(store, "after");
            assertThat(store.read(StoreTest::names)).containsExactly("kept", "after");
        }
    }

    @Test
    void keepsABatchWithinItsTransaction() throws Exception {
        try (Store store = openWithTable()) {
            assertThatThrownBy(() -> store.write(connection -> {
                        try (PreparedStatement batch = connection.prepareStatement("INSERT INTO thing VALUES (?)")) {
                            for (int i = 0; i < 3; i++) {
                                batch.setString(1, "batch " + i);
                                batch.addBatch();
                            }
                            batch.executeBatch();
                        }
                        throw new IllegalArgumentException("after the batch");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(store.read(StoreTest::names)).isEmpty();
        }
    }

    @Test
    void refusesASecondOpenerInTheSameProgramAndKeepsTheFirstOnesLock() throws Exception {
        try (Store store = openWithTable()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> Stores.open(file()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("already open");
            }
            assertThat(openInAnotherProgram()).isEqualTo(OpenInAnotherProgram.REFUSED);
            insert(store, "still mine");
        }
        assertThat(openInAnotherProgram()).isEqualTo(OpenInAnotherProgram.OPENED);
    }

    private int openInAnotherProgram() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenInAnotherProgram.class.getName(),
                        file().toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("other.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Opens the store in a Java virtual machine of its own; its exit says whether it could. */
    static final class OpenInAnotherProgram {
        static final int OPENED = 0;
        static final int REFUSED = 7;

        private OpenInAnotherProgram() {}

        public static void main(String[] arguments) {
            try (Store store = Stores.open(Path.of(arguments[0]))) {
                System.out.println(store);
                System.exit(OPENED);
            } catch (StoreException e) {
                System.out.println(e.getMessage());
                System.exit(String.valueOf(e.getMessage()).contains("already open") ? REFUSED : 1);
            }
        }
    }

    @Test
    void refusesUrlsOfOtherKindsAndSaysWhichAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stores.open("mysql://user:secret@host/db"))
                .withMessageContaining("sqlite:<path")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> Stores.open("sqlite::memory:"));
        assertThatIllegalArgumentException().isThrownBy(() -> Stores.open("sqlite:"));
        assertThatIllegalArgumentException().isThrownBy(() -> Stores.open("sqlite:a.db?mode=ro"));
    }

    @Test
    void refusesADirectoryInPlaceOfAFile() {
        assertThatThrownBy(() -> Stores.open(directory))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void runsEachScriptOnceAndNewOnesLater() throws Exception {
        List<String> grown = new ArrayList<>(TABLE);
        grown.add("""
                -- What it is worth.
                ALTER TABLE thing ADD COLUMN worth INTEGER NOT NULL DEFAULT 0;
                CREATE INDEX thing_worth
                    ON thing (worth);
                """);
        try (Store store = openWithTable()) {
            insert(store, "old");
            store.migrate("test.things", TABLE);
            store.migrate("test.things", grown);
            store.migrate("test.others", List.of("CREATE TABLE other (id INTEGER PRIMARY KEY);"));
            store.write(connection -> execute(connection, "UPDATE thing SET worth = 5"));
            assertThat(store.read(StoreTest::names)).containsExactly("old");
        }
        try (Store store = Stores.open(file())) {
            assertThatThrownBy(() -> store.migrate("test.things", TABLE))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("version 2, this program knows 1");
        }
    }

    @Test
    void refusesAScriptThatWasChangedAfterItRanButNotOtherLineEnds() throws Exception {
        try (Store store = openWithTable()) {
            store.migrate("test.things", List.of(TABLE.get(0).replace("\n", "\r\n")));
            assertThatThrownBy(() -> store.migrate("test.things", List.of("CREATE TABLE thing (name BLOB);")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Script 1 of test.things is not the one");
        }
    }

    @Test
    void leavesNothingOfAScriptThatFails() throws Exception {
        try (Store store = Stores.open(file())) {
            List<String> broken = List.of(
                    "CREATE TABLE first (id INTEGER);",
                    "CREATE TABLE second (id INTEGER);\nINSERT INTO nowhere VALUES (1);");
            assertThatThrownBy(() -> store.migrate("test.things", broken))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Script 2 of test.things failed and nothing of it stays");
            store.migrate("test.things", List.of(broken.get(0), "CREATE TABLE second (id INTEGER);"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.migrate("test.open", List.of("CREATE TABLE third (id INTEGER)")))
                    .withMessageContaining("';'");
            assertThatIllegalArgumentException().isThrownBy(() -> store.migrate("No Room", List.of()));
        }
    }

    @Test
    void refusesAWriteWithinAWork() throws Exception {
        try (Store store = openWithTable()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.write(connection -> nested(store)))
                    .withMessageContaining("a write within a write");
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.read(connection -> nested(store)))
                    .withMessageContaining("a write within a read");
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.read(connection -> {
                        closeIn(store);
                        return 0;
                    }));
            insert(store, "goes on");
        }
    }

    private static int nested(Store store) {
        try {
            insert(store, "nested");
            return 1;
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static void closeIn(Store store) {
        try {
            store.close();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsWithinAWorkSeeItsState() throws Exception {
        try (Store store = openWithTable()) {
            List<String> seen = store.write(connection -> {
                insert(connection, "uncommitted");
                try {
                    return store.read(StoreTest::names);
                } catch (StoreException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(seen).containsExactly("uncommitted");
        }
    }

    @Test
    void aReadSeesOneStateWhileOthersWrite() throws Exception {
        try (Store store = openWithTable()) {
            insert(store, "before");
            List<List<String>> seen = store.read(connection -> {
                List<String> first = names(connection);
                Thread other = new Thread(() -> nested(store));
                other.start();
                try {
                    other.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return List.of(first, names(connection));
            });
            assertThat(seen.get(0)).isEqualTo(seen.get(1)).containsExactly("before");
            assertThat(store.read(StoreTest::names)).containsExactly("before", "nested");
        }
    }

    @Test
    void aReadCannotWrite() throws Exception {
        try (Store store = openWithTable()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.read(connection -> insert(connection, "no")))
                    .withMessageContaining("use write");
        }
    }

    @Test
    void aWorkCanNeitherEndItsTransactionNorKeepItsConnection() throws Exception {
        try (Store store = openWithTable()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.write(connection -> {
                        connection.commit();
                        return 0;
                    }));
            List<Connection> kept = new ArrayList<>();
            store.write(connection -> {
                kept.add(connection);
                assertThat(connection.getAutoCommit()).isFalse();
                return 0;
            });
            assertThatIllegalStateException().isThrownBy(() -> insert(kept.get(0), "late"));
        }
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        try (Store store = openWithTable()) {
            insert(store, "before");
            store.write(connection -> execute(connection, "PRAGMA max_page_count=" + pragma(connection, "page_count")));
            String large = "x".repeat(100_000);
            assertThatThrownBy(() -> insert(store, large))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is full")
                    .hasMessageContaining("free some space");
            assertThat(store.read(StoreTest::names)).containsExactly("before");
            store.write(connection -> execute(connection, "PRAGMA max_page_count=1000000"));
            insert(store, large);
            assertThat(store.read(StoreTest::names)).hasSize(2);
        }
    }

    @Test
    void saysThatTheDatabaseCannotBeWritten() throws Exception {
        try (Store store = openWithTable()) {
            store.write(connection -> execute(connection, "PRAGMA query_only=ON"));
            assertThatThrownBy(() -> insert(store, "no"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("check the rights");
        }
    }

    @Test
    void refusesToOpenAReadOnlyFile() throws Exception {
        openWithTable().close();
        assertThat(file().toFile().setWritable(false)).isTrue();
        assumeFalse(Files.isWritable(file()), "this user may write read-only files, as root may");
        assertThatThrownBy(() -> Stores.open(file()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void saysThatAFileIsNoDatabase() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "This is a text and no database. ".repeat(100));
        assertThatThrownBy(() -> Stores.open(file()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged or is no SQLite database")
                .hasMessageContaining("restore the last backup");
    }

    @Test
    void saysThatATruncatedDatabaseIsDamaged() throws Exception {
        try (Store store = openWithTable()) {
            for (int i = 0; i < 100; i++) {
                insert(store, "row ".repeat(100));
            }
        }
        try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }
        assertThatThrownBy(() -> openWithTable().close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void scrubLeavesNothingOfDeletedRowsInTheFiles() throws Exception {
        String secret = "planted secret 8f2c";
        try (Store store = openWithTable()) {
            insert(store, secret);
            assertThat(directoryHolds(secret)).isTrue();
            store.write(connection -> execute(connection, "DELETE FROM thing"));
            store.scrub();
            assertThat(directoryHolds(secret)).isFalse();
        }
    }

    private boolean directoryHolds(String text) throws IOException {
        try (var files = Files.list(file().getParent())) {
            for (Path each : files.toList()) {
                if (new String(Files.readAllBytes(each), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void isOfNoUseAfterClosing() throws Exception {
        Store store = openWithTable();
        store.close();
        store.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> insert(store, "late"))
                .withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(() -> store.read(StoreTest::names));
    }
}
