package io.gatehouse.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.store.Dialect;
import io.gatehouse.core.store.Scripts;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} keeps to. To test one, extend this class, give a new empty database for each test, and open
 * it again when asked.
 */
public abstract class StoreContract {
    private static final String ROOM = "contract.things";
    private static final List<String> SCRIPTS =
            List.of("""
            -- A thing; its name's INTEGER and BLOB stay as they are.
            CREATE TABLE contract_thing (
                name TEXT NOT NULL PRIMARY KEY,
                amount INTEGER NOT NULL DEFAULT 0,
                content BLOB
            ) WITHOUT ROWID;
            INSERT INTO contract_thing (name, amount) VALUES ('the INTEGER; and BLOB', 0);
            DELETE FROM contract_thing WHERE name <> 'the INTEGER; and BLOB';
            """, "DELETE FROM contract_thing WHERE name = 'the INTEGER; and BLOB';\n");
    private static final int THREADS = 8;

    private Store store;

    /** For subclasses. */
    protected StoreContract() {}

    /** Opens the test's database: empty at first, with what was written afterwards. */
    protected abstract Store open() throws Exception;

    @BeforeEach
    void openWithTable() throws Exception {
        store = open();
        store.migrate(ROOM, SCRIPTS);
    }

    @AfterEach
    void close() throws StoreException {
        if (store != null) {
            store.close();
        }
    }

    private static int insert(Connection connection, String name, long amount) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO contract_thing (name, amount) VALUES (?, ?)")) {
            insert.setString(1, name);
            insert.setLong(2, amount);
            return insert.executeUpdate();
        }
    }

    private int insert(String name) throws StoreException {
        return store.write(connection -> insert(connection, name, 0));
    }

    private static List<String> names(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT name FROM contract_thing ORDER BY name");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long amount(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT amount FROM contract_thing WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getLong(1);
            }
        }
    }

    private static int setAmount(Connection connection, String name, long amount) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE contract_thing SET amount = ? WHERE name = ?")) {
            update.setLong(1, amount);
            update.setString(2, name);
            return update.executeUpdate();
        }
    }

    @Test
    void keepsWhatWasWrittenOverClosingAndOpening() throws Exception {
        insert("a");
        store.close();
        store = open();
        store.migrate(ROOM, SCRIPTS);
        insert("b");
        assertThat(store.read(StoreContract::names)).containsExactly("a", "b");
    }

    @Test
    void keepsNumbersOf64BitsBytesTextAndNothing() throws Exception {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        String name = "Zoë 门 'quoted' \\ \n";
        store.write(connection -> {
            insert(connection, "nothing", Long.MIN_VALUE);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO contract_thing (name, amount, content) VALUES (?, ?, ?)")) {
                insert.setObject(1, name);
                insert.setObject(2, Long.MAX_VALUE);
                insert.setBytes(3, bytes);
                return insert.executeUpdate();
            }
        });
        store.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT name, amount, content FROM contract_thing ORDER BY amount DESC");
                    ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(name);
                assertThat(rows.getLong(2)).isEqualTo(Long.MAX_VALUE);
                assertThat(rows.getBytes(3)).isEqualTo(bytes);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(2)).isEqualTo(Long.MIN_VALUE);
                assertThat(rows.getBytes(3)).isNull();
                return rows.next();
            }
        });
    }

    @Test
    void leavesNothingOfAWorkThatThrows() throws Exception {
        insert("kept");
        for (Throwable thrown : List.of(new IllegalArgumentException("fails"), new StackOverflowError("badly"))) {
            assertThatThrownBy(() -> store.write(connection -> {
                        insert(connection, "lost", 0);
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) thrown;
                    }))
                    .isSameAs(thrown);
        }
        assertThatThrownBy(() -> store.write(connection -> {
                    insert(connection, "lost", 0);
                    return insert(connection, "kept", 0);
                }))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nothing of it stays");
        insert("after");
        assertThat(store.read(StoreContract::names)).containsExactly("after", "kept");
    }

    @Test
    void aReadSeesOneStateWhileOthersWrite() throws Exception {
        insert("before");
        List<List<String>> seen = store.read(connection -> {
            List<String> first = names(connection);
            Thread other = new Thread(() -> assertInserts("meanwhile"));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return List.of(first, names(connection));
        });
        assertThat(seen.get(0)).isEqualTo(seen.get(1)).containsExactly("before");
        assertThat(store.read(StoreContract::names)).containsExactly("before", "meanwhile");
    }

    private void assertInserts(String name) {
        try {
            insert(name);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsWithinAWorkSeeItsStateAndWritesWithinOneAreRefused() throws Exception {
        List<String> seen = store.write(connection -> {
            insert(connection, "uncommitted", 0);
            try {
                return store.read(StoreContract::names);
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(seen).containsExactly("uncommitted");
        assertThatIllegalStateException()
                .isThrownBy(() -> store.write(connection -> {
                    assertInserts("nested");
                    return 0;
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.read(connection -> {
                    assertInserts("nested");
                    return 0;
                }));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.read(connection -> insert(connection, "in a read", 0)));
        insert("goes on");
        assertThat(store.read(StoreContract::names)).containsExactly("goes on", "uncommitted");
    }

    @Test
    void aWorkCannotEndItsTransactionNorKeepItsConnection() throws Exception {
        assertThatIllegalStateException()
                .isThrownBy(() -> store.write(connection -> {
                    insert(connection, "lost", 0);
                    connection.commit();
                    return 0;
                }));
        List<Connection> kept = new ArrayList<>();
        store.write(connection -> {
            kept.add(connection);
            return 0;
        });
        assertThatIllegalStateException().isThrownBy(() -> names(kept.get(0)));
        assertThat(store.read(StoreContract::names)).isEmpty();
    }

    @Test
    void losesNoChangeOfManyThatReadAndWriteTheSameRow() throws Exception {
        insert("counter");
        int each = 20;
        atOnce(() -> {
            for (int i = 0; i < each; i++) {
                store.write(connection -> setAmount(connection, "counter", amount(connection, "counter") + 1));
            }
            return 0;
        });
        assertThat(store.<Long>read(connection -> amount(connection, "counter")))
                .isEqualTo((long) THREADS * each);
    }

    /** Of two guards on duty each may leave while the other stays: snapshots alone would let both go (write skew). */
    @Test
    void isSerialisable() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<String> guards = List.of("guard a " + round, "guard b " + round);
            for (String guard : guards) {
                store.write(connection -> insert(connection, guard, 1));
            }
            CyclicBarrier start = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Callable<Integer>> leaving = new ArrayList<>();
                for (String guard : guards) {
                    leaving.add(() -> {
                        start.await();
                        return store.write(connection -> {
                            long onDuty = 0;
                            for (String each : guards) {
                                onDuty += amount(connection, each);
                            }
                            return onDuty > 1 ? setAmount(connection, guard, 0) : 0;
                        });
                    });
                }
                int left = 0;
                for (Future<Integer> future : threads.invokeAll(leaving)) {
                    left += future.get();
                }
                assertThat(left).isOne();
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void ofManyThatInsertTheSameKeyOneDoes() throws Exception {
        List<Integer> inserted = atOnce(() -> store.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO contract_thing (name) VALUES (?) ON CONFLICT (name) DO NOTHING")) {
                insert.setString(1, "one");
                return insert.executeUpdate();
            }
        }));
        assertThat(inserted.stream().mapToInt(Integer::intValue).sum()).isOne();
    }

    private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(() -> {
                    start.await();
                    return call.call();
                });
            }
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void runsEachScriptOnceAndNewOnesLater() throws Exception {
        insert("old");
        List<String> grown = new ArrayList<>(SCRIPTS);
        grown.add("ALTER TABLE contract_thing ADD COLUMN worth INTEGER NOT NULL DEFAULT 5;\n");
        store.migrate(ROOM, grown);
        store.migrate(ROOM, grown);
        assertThat(store.read(StoreContract::names)).containsExactly("old");
        assertThatThrownBy(() -> store.migrate(ROOM, SCRIPTS))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 3, this program knows 2");
    }

    @Test
    void migratesOnceWhenManyStartAtOnce() throws Exception {
        List<String> scripts = List.of(
                "CREATE TABLE contract_other (id INTEGER PRIMARY KEY);\n", "INSERT INTO contract_other VALUES (1);\n");
        atOnce(() -> {
            store.migrate("contract.others", scripts);
            return 0;
        });
        assertThat(store.<Long>read(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery("SELECT count(*) FROM contract_other")) {
                        rows.next();
                        return rows.getLong(1);
                    }
                }))
                .isOne();
    }

    @Test
    void givesADatabaseItsOwnScript() throws Exception {
        Dialect other = store.dialect() == Dialect.SQLITE ? Dialect.POSTGRESQL : Dialect.SQLITE;
        Scripts scripts = Scripts.of("nonsense;\n")
                .with(store.dialect(), 1, "CREATE TABLE contract_own (id INTEGER PRIMARY KEY);\n")
                .with(other, 1, "other nonsense;\n");
        store.migrate("contract.own", scripts);
        store.migrate("contract.own", scripts);
    }

    @Test
    void refusesAScriptThatWasChangedAfterItRanButNotOtherLineEnds() throws Exception {
        store.migrate(ROOM, List.of(SCRIPTS.get(0).replace("\n", "\r\n"), SCRIPTS.get(1)));
        assertThatThrownBy(() -> store.migrate(ROOM, List.of("CREATE TABLE contract_thing (a BLOB);", "")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Script 1 of contract.things is not the one");
    }

    @Test
    void leavesNothingOfAScriptThatFails() throws Exception {
        List<String> broken = List.of(
                "CREATE TABLE contract_first (id INTEGER);",
                "CREATE TABLE contract_second (id INTEGER);\nINSERT INTO nowhere VALUES (1);");
        assertThatThrownBy(() -> store.migrate("contract.broken", broken))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Script 2 of contract.broken failed and nothing of it stays");
        store.migrate("contract.broken", List.of(broken.get(0), "CREATE TABLE contract_second (id INTEGER);"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.migrate("contract.open", List.of("CREATE TABLE third (id INTEGER)")))
                .withMessageContaining("';'");
        assertThatIllegalArgumentException().isThrownBy(() -> store.migrate("No Room", List.of()));
    }

    @Test
    void scrubsAndGoesOn() throws Exception {
        insert("a");
        insert("b");
        store.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM contract_thing WHERE name = 'a'")) {
                return delete.executeUpdate();
            }
        });
        store.scrub();
        assertThat(store.read(StoreContract::names)).containsExactly("b");
    }

    @Test
    void isOfNoUseAfterClosing() throws Exception {
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> insert("late")).withMessageContaining("is closed");
        assertThatIllegalStateException().isThrownBy(() -> store.read(StoreContract::names));
    }
}
