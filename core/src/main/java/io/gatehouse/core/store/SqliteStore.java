package io.gatehouse.core.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite database in WAL mode: one connection writes, under a lock; reads have connections of their own, so that they
 * neither wait for a write nor hold it up. Closing and {@link #scrub} wait for both.
 */
final class SqliteStore implements Migrations.Alone {
    private static final int MAX_IDLE_READERS = 4;

    private final Path file;
    private final StoreLock lock;
    private final SqliteConnections connections;
    private final SqliteErrors errors;
    private final ReentrantLock writing = new ReentrantLock();
    private final SqliteCheckpoints checkpoints;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private final CurrentWork current = new CurrentWork();

    private @Nullable Connection writer;
    /** Whether no page had remains when the log was made. */
    private volatile boolean isClean;
    /** Whether there may have been another log since. */
    private volatile boolean isLogLost;

    private volatile boolean closed;

    private SqliteStore(Path file, StoreLock lock) {
        this.file = file;
        this.lock = lock;
        this.connections = new SqliteConnections(file);
        this.errors = new SqliteErrors(file);
        this.checkpoints = new SqliteCheckpoints(connections, writing, SqliteCheckpoints.thread());
    }

    static SqliteStore open(Path path) throws StoreException {
        Path file = SqliteConnections.prepare(path);
        StoreLock lock = StoreLock.take(file);
        SqliteStore store = new SqliteStore(file, lock);
        try {
            SqliteConnections.requireWholePages(file);
            store.write(connection -> {
                for (String statement : Dialect.SQLITE.statements(Migrations.TABLE)) {
                    SqliteConnections.execute(connection, statement);
                }
                return true;
            });
            return store;
        } catch (StoreException | RuntimeException e) {
            try {
                store.close();
            } catch (StoreException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public void migrate(String room, Scripts scripts) throws StoreException {
        new Migrations(this, room, scripts).run();
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) throws StoreException {
        current.requireNone("a write");
        life.readLock().lock();
        writing.lock();
        try {
            requireOpen();
            T result = inTransaction(writer(), "BEGIN IMMEDIATE", true, work);
            checkpoints.committed();
            return result;
        } catch (SQLException e) {
            if (SqliteErrors.isReadOnly(e)) {
                // A connection that was made while the file could not be written stays read-only for ever.
                giveUpWriter(e);
            }
            throw errors.translate(e);
        } finally {
            writing.unlock();
            life.readLock().unlock();
        }
    }

    /** Every write is alone here. */
    @Override
    public <T> T writeAlone(Work<T> work) throws StoreException {
        return write(work);
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) throws StoreException {
        CurrentWork.@Nullable Running outer = current.get();
        try {
            return outer == null ? readAlone(work) : work.run(outer.connection().view());
        } catch (SQLException e) {
            if (SqliteErrors.isReadOnly(e) && (outer == null || !outer.writes())) {
                throw new IllegalStateException("a work that only reads tried to write: use write", e);
            }
            throw errors.translate(e);
        }
    }

    private <T extends @Nullable Object> T readAlone(Work<T> work) throws SQLException {
        life.readLock().lock();
        try {
            requireOpen();
            Connection idle = idleReaders.poll();
            Connection reader = idle == null ? connections.reader() : idle;
            T result;
            try {
                result = inTransaction(reader, "BEGIN", false, work);
            } catch (SQLException | RuntimeException | Error e) {
                closeAfter(e, reader);
                throw e;
            }
            if (idleReaders.size() < MAX_IDLE_READERS) {
                idleReaders.push(reader);
            } else {
                reader.close();
            }
            return result;
        } finally {
            life.readLock().unlock();
        }
    }

    private <T extends @Nullable Object> T inTransaction(
            Connection connection, String begin, boolean writes, Work<T> work) throws SQLException {
        SqliteConnections.execute(connection, begin);
        WorkConnection view = new WorkConnection(connection);
        current.begin(view, writes);
        try {
            T result = work.run(view.view());
            SqliteConnections.execute(connection, "COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollback(e, connection);
            throw e;
        } finally {
            current.end();
        }
    }

    /** SQLite rolls back by itself after some errors; a connection that cannot is given up, which rolls back too. */
    private void rollback(Throwable cause, Connection connection) {
        try {
            SqliteConnections.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
            if (connection == writer) {
                giveUpWriter(cause);
            }
        }
    }

    /** The next write makes a new one. */
    private void giveUpWriter(Throwable cause) {
        Connection open = writer;
        writer = null;
        // If it was the last connection the log goes, and with it the list of changed pages.
        isClean = false;
        isLogLost = true;
        if (open != null) {
            closeAfter(cause, open);
        }
    }

    private static void closeAfter(Throwable cause, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Connection writer() throws SQLException {
        Connection open = writer;
        if (open == null) {
            open = connections.writer();
            writer = open;
        }
        return open;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store " + file + " is closed");
        }
    }

    /** Copies one state of the database, page by page so that a page keeps its place, to a new file beside it. */
    Path copy() throws StoreException {
        current.requireNone("a backup");
        life.readLock().lock();
        try {
            requireOpen();
            return connections.copy();
        } catch (SQLException e) {
            throw errors.translate(e);
        } catch (IOException e) {
            throw new StoreException("The database " + file + " cannot be copied: " + e.getMessage() + ".", e);
        } finally {
            life.readLock().unlock();
        }
    }

    /**
     * Readers at rest hold no snapshot and nobody else has the database, so the whole log can be moved over. What then lies
     * about in the pages is overwritten while no connection is open: whoever had a page in memory would write it back.
     */
    @Override
    public void scrub() throws StoreException {
        current.requireNone("scrub");
        life.writeLock().lock();
        try {
            requireOpen();
            checkpoints.pausing(() -> {
                if (!isLogLost && SqliteRemains.isEmpty(connections.log())) {
                    // Nothing was written since the last time, or since all was closed in good order.
                    return;
                }
                Optional<BitSet> changed = isClean ? SqliteRemains.changed(connections.log()) : Optional.empty();
                isClean = false;
                emptyLog();
                disconnect();
                SqliteRemains.wipe(file, changed);
                isClean = true;
                isLogLost = false;
            });
        } catch (SQLException e) {
            throw errors.translate(e);
        } catch (IOException e) {
            throw new StoreException(
                    "What was deleted from " + file + " may still be in it (" + e.getMessage() + "): try again.", e);
        } finally {
            life.writeLock().unlock();
        }
    }

    private void emptyLog() throws SQLException, StoreException {
        try (Statement statement = writer().createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (!answer.next() || answer.getInt(1) != 0) {
                throw new StoreException("The log of " + file + " could not be emptied; what was deleted may still"
                        + " be in it: try again.");
            }
        }
    }

    /** The next works connect anew. */
    private void disconnect() throws SQLException {
        SQLException first = null;
        for (Connection reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
            first = closing(first, reader::close);
        }
        Connection open = writer;
        writer = null;
        if (open != null) {
            first = closing(first, open::close);
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() throws StoreException {
        current.requireNone("close");
        life.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            checkpoints.close();
            SQLException first = closing(null, this::disconnect);
            first = closing(first, lock::close);
            if (first != null) {
                throw errors.translate(first);
            }
        } finally {
            life.writeLock().unlock();
        }
    }

    private interface Closing {
        void close() throws SQLException;
    }

    private static @Nullable SQLException closing(@Nullable SQLException first, Closing closing) {
        try {
            closing.close();
            return first;
        } catch (SQLException e) {
            if (first == null) {
                return e;
            }
            first.addSuppressed(e);
            return first;
        }
    }

    @Override
    public String toString() {
        return "SqliteStore[" + file + "]";
    }
}
