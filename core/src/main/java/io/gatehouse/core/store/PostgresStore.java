package io.gatehouse.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, which several programs may share.
 *
 * <p>Writes are SERIALIZABLE transactions. The server ends one that another was in the way of, and it is run again; after
 * a few tries it runs alone. Alone means: every write first locks the empty table {@code store_writer}, in ROW SHARE
 * mode, which writes hold together, or in EXCLUSIVE mode, which keeps all others out. The lock comes first of all, since
 * a transaction's view of the data is taken with its first query. So a write always comes to an end, and no pause has to
 * be guessed. Reads see one state, in REPEATABLE READ, and wait for nobody.
 */
final class PostgresStore implements Migrations.Alone {
    private static final int TRIES_TOGETHER = 4;
    private static final String TOGETHER =
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; LOCK TABLE store_writer IN ROW SHARE MODE";
    private static final String ALONE =
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; LOCK TABLE store_writer IN EXCLUSIVE MODE";
    private static final String READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    /** Two programs that make the same table at once would fail on the server's catalogue. */
    private static final String FIRST = "SELECT pg_advisory_xact_lock(7023098)";

    private final PostgresUrl url;
    private final PostgresErrors errors;
    private final PostgresPool pool;
    private final CurrentWork current = new CurrentWork();
    private final PostgresVersions versions = new PostgresVersions();
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final Set<String> withRemains = ConcurrentHashMap.newKeySet();
    private final Set<Claim> claims = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private PostgresStore(PostgresUrl url, PostgresErrors errors, PostgresPool pool) {
        this.url = url;
        this.errors = errors;
        this.pool = pool;
    }

    static PostgresStore open(PostgresUrl url) throws StoreException {
        requirePool();
        PostgresErrors errors = new PostgresErrors(url);
        try {
            PostgresStore store = new PostgresStore(url, errors, PostgresPool.open(url));
            try {
                store.prepare();
                return store;
            } catch (SQLException | StoreException | RuntimeException e) {
                store.close();
                throw e;
            }
        } catch (SQLException e) {
            throw errors.translate(e);
        }
    }

    private static void requirePool() throws StoreException {
        try {
            Class.forName("com.zaxxer.hikari.HikariDataSource", false, PostgresStore.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StoreException(
                    "A PostgreSQL store needs its connection pool: add com.zaxxer:HikariCP and"
                            + " org.postgresql:postgresql to the application, and to its module-info"
                            + " 'requires com.zaxxer.hikari' if it has one.",
                    e);
        }
    }

    private void prepare() throws SQLException, StoreException {
        try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SHOW fsync")) {
                if (row.next() && row.getString(1).equals("off")) {
                    throw new StoreException(
                            "The server of " + url + " runs with fsync = off, so that nothing is sure to"
                                    + " be on its disk: set fsync = on.");
                }
            }
            statement.execute(FIRST);
            for (String sql : Dialect.POSTGRESQL.statements(Migrations.TABLE)) {
                statement.execute(sql);
            }
            statement.execute("CREATE TABLE IF NOT EXISTS store_writer (nothing BIGINT)");
            // What other runs deleted and did not scrub.
            addRemains(
                    statement,
                    "SELECT relid::regclass::text FROM pg_stat_user_tables"
                            + " WHERE n_tup_del + n_tup_upd > 0 AND schemaname = current_schema()");
            connection.commit();
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public void migrate(String room, Scripts scripts) throws StoreException {
        versions.knows(room, scripts.on(dialect()).size());
        new Migrations(this, room, scripts).run();
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) throws StoreException {
        return write(work, TRIES_TOGETHER);
    }

    @Override
    public <T> T writeAlone(Work<T> work) throws StoreException {
        return write(work, 0);
    }

    private <T extends @Nullable Object> T write(Work<T> work, int triesTogether) throws StoreException {
        current.requireNone("a write");
        life.readLock().lock();
        try {
            requireOpen();
            for (int tries = 0; tries < triesTogether; tries++) {
                try {
                    return inTransaction(TOGETHER, true, work);
                } catch (SQLException e) {
                    if (!PostgresErrors.isConflict(e)) {
                        throw e;
                    }
                }
            }
            return inTransaction(ALONE, true, work);
        } catch (SQLException e) {
            throw errors.translate(e);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) throws StoreException {
        CurrentWork.@Nullable Running outer = current.get();
        try {
            return outer == null ? readAlone(work) : work.run(outer.connection().view());
        } catch (SQLException e) {
            if (PostgresErrors.isReadOnly(e) && (outer == null || !outer.writes())) {
                throw new IllegalStateException("a work that only reads tried to write: use write", e);
            }
            throw errors.translate(e);
        }
    }

    private <T extends @Nullable Object> T readAlone(Work<T> work) throws SQLException {
        life.readLock().lock();
        try {
            requireOpen();
            return inTransaction(READ, false, work);
        } finally {
            life.readLock().unlock();
        }
    }

    private <T extends @Nullable Object> T inTransaction(String begin, boolean writes, Work<T> work)
            throws SQLException {
        try (Connection connection = pool.connection()) {
            WorkConnection view = new WorkConnection(connection);
            try {
                versions.begin(connection, begin);
                current.begin(view, writes);
                T result = work.run(view.view());
                if (writes && view.leavesRemains()) {
                    noteRemains(connection);
                }
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(e, connection);
                throw e;
            } finally {
                current.end();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection that cannot be rolled back is broken, which the pool sees; its transaction ends with it. */
    private static void rollback(Throwable cause, Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Noted before the commit: a table too many is scrubbed for nothing, one too few would keep what was deleted. */
    private void noteRemains(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            addRemains(
                    statement,
                    "SELECT relid::regclass::text FROM pg_stat_xact_user_tables" + " WHERE n_tup_del + n_tup_upd > 0");
        }
    }

    private void addRemains(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                withRemains.add(rows.getString(1));
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store " + url + " is closed");
        }
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public boolean isInWork() {
        return current.get() != null;
    }

    @Override
    public Optional<Claim> claim(String name) throws StoreException {
        life.readLock().lock();
        try {
            requireOpen();
            Optional<PostgresClaim> taken = PostgresClaim.take(url, name);
            taken.ifPresent(claims::add);
            return taken.map(claim -> claim);
        } catch (SQLException e) {
            throw errors.translate(e);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void scrub() throws StoreException {
        current.requireNone("scrub");
        life.readLock().lock();
        try (Connection connection = pool.connection()) {
            requireOpen();
            connection.setAutoCommit(true);
            for (String table : Set.copyOf(withRemains)) {
                withRemains.remove(table);
                try {
                    // The server itself made the name fit for SQL.
                    execute(connection, "VACUUM (FULL) " + table);
                } catch (SQLException e) {
                    withRemains.add(table);
                    throw e;
                }
            }
        } catch (SQLException e) {
            throw errors.translate(e);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void close() {
        current.requireNone("close");
        life.writeLock().lock();
        try {
            closed = true;
            claims.forEach(Claim::close);
            claims.clear();
            pool.close();
        } finally {
            life.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "PostgresStore[" + url + "]";
    }
}
