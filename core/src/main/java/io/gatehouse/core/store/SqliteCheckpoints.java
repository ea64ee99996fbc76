package io.gatehouse.core.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Moves SQLite's log into the database beside the commits, on a connection and a thread of its own: SQLite would have
 * the commit do it with which the log became long, and whoever waits for that, and all that come meanwhile, would wait some
 * 30 ms more.
 *
 * <p>SQLite begins the log anew only when all of it has been moved and a write begins, which never happens while commits
 * follow one another. So the little that has come in meanwhile is moved while nobody may write.
 */
final class SqliteCheckpoints {
    /** Looking how long the log is costs little, but wakes a thread. */
    static final int COMMITS_BETWEEN_LOOKS = 8;
    /** Moving the log less often writes a page once that many commits changed. */
    static final int LONG_PAGES = 16_384;
    /** So much is moved while nobody may write: about a millisecond. */
    private static final int FEW_PAGES = 128;
    /** Where commits come faster than pages are moved, writers wait in the end. */
    private static final int MOST_ROUNDS = 4;

    private static final int IDLE_SECONDS = 1;
    private static final Logger LOG = System.getLogger(SqliteCheckpoints.class.getName());

    private final SqliteConnections connections;
    private final Lock writing;
    private final Executor executor;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private int commits;
    private volatile boolean hasFailed;
    private boolean closed;
    private @Nullable Connection connection;

    /**
     * @param writing  held by whoever writes
     * @param executor where the log is moved
     */
    SqliteCheckpoints(SqliteConnections connections, Lock writing, Executor executor) {
        this.connections = connections;
        this.writing = writing;
        this.executor = executor;
    }

    /** A thread that ends when it has had nothing to do for a while. */
    static Executor thread() {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SqliteCheckpoints::thread);
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-checkpoint");
        thread.setDaemon(true);
        return thread;
    }

    /** For whoever has written, with the lock. */
    void committed() {
        if (++commits % COMMITS_BETWEEN_LOOKS == 0 && scheduled.compareAndSet(false, true)) {
            try {
                executor.execute(this::run);
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                // No thread to be had: what was committed is durable all the same, and a later commit asks again.
                scheduled.set(false);
                failed(e);
            }
        }
    }

    private void run() {
        try {
            shorten();
        } finally {
            scheduled.set(false);
        }
    }

    /** What fails is left to the next commits: the log holds all, and one that grows on is moved by a commit. */
    private synchronized void shorten() {
        if (closed) {
            return;
        }
        try {
            Connection open = connection();
            Log log = checkpoint(open, "NOOP");
            if (log.pages() < LONG_PAGES) {
                return;
            }
            for (int round = 0; round < MOST_ROUNDS && log.left() > FEW_PAGES; round++) {
                log = checkpoint(open, "PASSIVE");
            }
            writing.lock();
            try {
                checkpoint(open, "PASSIVE");
            } finally {
                writing.unlock();
            }
            hasFailed = false;
        } catch (SQLException e) {
            failed(e);
            disconnect();
        }
    }

    /** Said once, until it works again: a disk that fails is asked every few commits. */
    private void failed(Throwable cause) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.log(
                    Level.WARNING,
                    "The log of " + connections + " could not be moved into it; it keeps what was stored",
                    cause);
        }
    }

    /** How many pages the log has, and how many of them the database has not. */
    private record Log(int pages, int left) {}

    private static Log checkpoint(Connection connection, String mode) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            answer.next();
            int pages = answer.getInt(2);
            return new Log(pages, pages - answer.getInt(3));
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.checkpointer();
            connection = open;
        }
        return open;
    }

    /** What is done while no log is moved and this has no connection. */
    interface Alone {
        void run() throws SQLException, IOException;
    }

    /** Does something while no log is moved; the next move connects anew. */
    synchronized void pausing(Alone work) throws SQLException, IOException {
        disconnect();
        work.run();
    }

    /** Gives the connection up, for good. */
    synchronized void close() {
        closed = true;
        disconnect();
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "A connection to " + connections + " could not be closed", e);
            }
        }
    }
}
