package io.gatehouse.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCheckpointsTest {
    private static final int PAGE = 4_096;
    private static final int PAGES_A_COMMIT = 128;
    private static final int COMMITS = 4 * SqliteCheckpoints.LONG_PAGES / PAGES_A_COMMIT;

    @TempDir
    Path directory;

    private final ReentrantLock writing = new ReentrantLock();
    private SqliteConnections connections;
    private Connection writer;
    private Path log;

    @BeforeEach
    void open() throws Exception {
        Path file = directory.resolve("gatehouse.db");
        log = directory.resolve("gatehouse.db-wal");
        connections = new SqliteConnections(file);
        writer = connections.writer();
        SqliteConnections.execute(writer, "CREATE TABLE thing (content BLOB NOT NULL)");
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
    }

    private void commit(SqliteCheckpoints checkpoints) throws SQLException {
        writing.lock();
        try {
            SqliteConnections.execute(writer, "INSERT INTO thing VALUES (zeroblob(" + PAGES_A_COMMIT * PAGE + "))");
            checkpoints.committed();
        } finally {
            writing.unlock();
        }
    }

    @Test
    void beginsTheLogAnewWhileCommitsFollowOneAnother() throws Exception {
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(connections, writing, Runnable::run);
        for (int i = 0; i < COMMITS; i++) {
            commit(checkpoints);
        }
        checkpoints.close();
        assertThat(Files.size(log))
                .isLessThan(2L
                        * PAGE
                        * (SqliteCheckpoints.LONG_PAGES + PAGES_A_COMMIT * SqliteCheckpoints.COMMITS_BETWEEN_LOOKS));
        assertThat(Files.size(directory.resolve("gatehouse.db")))
                .isGreaterThan(2L * PAGE * SqliteCheckpoints.LONG_PAGES);
    }

    @Test
    void looksOnceAtATimeHoweverManyCommitsThereAre() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(connections, writing, waiting::add);
        for (int i = 0; i < COMMITS; i++) {
            commit(checkpoints);
        }
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        for (int i = 0; i < SqliteCheckpoints.COMMITS_BETWEEN_LOOKS; i++) {
            commit(checkpoints);
        }
        assertThat(waiting).hasSize(1);
        checkpoints.close();
    }

    @Test
    void leavesTheLogAloneAfterClosing() throws Exception {
        Queue<Runnable> waiting = new ArrayDeque<>();
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(connections, writing, waiting::add);
        for (int i = 0; i < COMMITS; i++) {
            commit(checkpoints);
        }
        checkpoints.close();
        waiting.remove().run();
        assertThat(pagesLeftInTheLog()).isGreaterThan(SqliteCheckpoints.LONG_PAGES);
    }

    @Test
    void commitsGoOnWhereTheLogCannotBeMoved() throws Exception {
        SqliteConnections nowhere =
                new SqliteConnections(directory.resolve("gone").resolve("gatehouse.db"));
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(nowhere, writing, Runnable::run);
        assertThatNoException().isThrownBy(() -> {
            for (int i = 0; i < COMMITS; i++) {
                commit(checkpoints);
            }
        });
        checkpoints.close();
    }

    @Test
    void commitsGoOnWithoutAThreadAndOneIsAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SqliteCheckpoints checkpoints = new SqliteCheckpoints(connections, writing, work -> {
            if (asked.incrementAndGet() < 3) {
                throw new RejectedExecutionException("no thread");
            }
            work.run();
        });
        for (int i = 0; i < COMMITS; i++) {
            commit(checkpoints);
        }
        checkpoints.close();
        assertThat(asked).hasValue(COMMITS / SqliteCheckpoints.COMMITS_BETWEEN_LOOKS);
        assertThat(pagesLeftInTheLog()).isLessThan(SqliteCheckpoints.LONG_PAGES);
    }

    private int pagesLeftInTheLog() throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
            answer.next();
            return answer.getInt(2) - answer.getInt(3);
        }
    }
}
