package io.gatehouse.policy.retain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of purges: runs, and what each batch of them destroys. */
final class PurgeTables {
    static final String ROOM = "policy.retain.purge";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE retain_run (
              id TEXT NOT NULL PRIMARY KEY, cause TEXT NOT NULL, schedule_version INTEGER NOT NULL,
              schedule_sha256 TEXT NOT NULL, at_millis INTEGER NOT NULL, sealed_salt BLOB NOT NULL,
              done INTEGER NOT NULL);
            CREATE INDEX retain_run_open ON retain_run (at_millis) WHERE done = 0;
            -- sealed is what the batch is about to destroy, until it is done.
            CREATE TABLE retain_batch (
              run_id TEXT NOT NULL, keeper TEXT NOT NULL, seq INTEGER NOT NULL, sealed BLOB,
              leaves BLOB NOT NULL, key_prints TEXT NOT NULL, buckets TEXT NOT NULL, items INTEGER NOT NULL,
              held INTEGER NOT NULL, probes INTEGER NOT NULL, opened INTEGER NOT NULL,
              PRIMARY KEY (run_id, keeper, seq));
            """);

    private PurgeTables() {}

    /** A run; the array is not copied, this stays inside. */
    record Run(UUID id, String cause, long scheduleVersion, String scheduleSha256, Instant at, byte[] sealedSalt) {}

    /** Which batch. */
    record BatchId(UUID runId, String keeper, long seq) {}

    /**
     * A batch.
     *
     * @param sealed    what it is about to destroy; null if it is done
     * @param leaves    the salted hashes of what it destroyed, one after the other
     * @param keyPrints the fingerprints of the keys that it destroyed, a line each
     */
    record Batch(
            BatchId id,
            byte @Nullable [] sealed,
            byte[] leaves,
            String keyPrints,
            String buckets,
            long items,
            long held,
            long probes,
            long opened) {}

    static int insert(Connection connection, Run run) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO retain_run (id, cause,"
                + " schedule_version, schedule_sha256, at_millis, sealed_salt, done) VALUES (?, ?, ?, ?, ?, ?, 0)")) {
            insert.setString(1, run.id().toString());
            insert.setString(2, run.cause());
            insert.setLong(3, run.scheduleVersion());
            insert.setString(4, run.scheduleSha256());
            insert.setLong(5, run.at().toEpochMilli());
            insert.setBytes(6, run.sealedSalt());
            return insert.executeUpdate();
        }
    }

    static int close(Connection connection, UUID runId) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE retain_run SET done = 1 WHERE id = ?")) {
            update.setString(1, runId.toString());
            return update.executeUpdate();
        }
    }

    static List<Run> open(Connection connection) throws SQLException {
        return runs(connection, "WHERE done = 0 ORDER BY at_millis, id", Optional.empty());
    }

    static Optional<Run> find(Connection connection, UUID id) throws SQLException {
        return runs(connection, "WHERE id = ?", Optional.of(id.toString())).stream()
                .findFirst();
    }

    private static List<Run> runs(Connection connection, String where, Optional<String> value) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, cause, schedule_version,"
                + " schedule_sha256, at_millis, sealed_salt FROM retain_run " + where)) {
            if (value.isPresent()) {
                select.setString(1, value.get());
            }
            List<Run> runs = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    runs.add(new Run(
                            UUID.fromString(row.getString(1)),
                            row.getString(2),
                            row.getLong(3),
                            row.getString(4),
                            Instant.ofEpochMilli(row.getLong(5)),
                            row.getBytes(6)));
                }
            }
            return runs;
        }
    }

    static int begin(Connection connection, BatchId id, byte[] sealed, long held) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO retain_batch (run_id, keeper, seq,"
                + " sealed, leaves, key_prints, buckets, items, held, probes, opened)"
                + " VALUES (?, ?, ?, ?, ?, '', '', 0, ?, 0, 0)")) {
            insert.setString(1, id.runId().toString());
            insert.setString(2, id.keeper());
            insert.setLong(3, id.seq());
            insert.setBytes(4, sealed);
            insert.setBytes(5, new byte[0]);
            insert.setLong(6, held);
            return insert.executeUpdate();
        }
    }

    static int finish(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE retain_batch SET sealed = NULL, leaves = ?,"
                + " key_prints = ?, buckets = ?, items = ?, held = ?, probes = ?, opened = ?"
                + " WHERE run_id = ? AND keeper = ? AND seq = ?")) {
            update.setBytes(1, batch.leaves());
            update.setString(2, batch.keyPrints());
            update.setString(3, batch.buckets());
            update.setLong(4, batch.items());
            update.setLong(5, batch.held());
            update.setLong(6, batch.probes());
            update.setLong(7, batch.opened());
            update.setString(8, batch.id().runId().toString());
            update.setString(9, batch.id().keeper());
            update.setLong(10, batch.id().seq());
            return update.executeUpdate();
        }
    }

    static List<Batch> unfinished(Connection connection, UUID runId) throws SQLException {
        return batches(connection, "WHERE run_id = ? AND sealed IS NOT NULL ORDER BY keeper, seq", runId);
    }

    static List<String> keepers(Connection connection, UUID runId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT DISTINCT keeper FROM retain_batch WHERE run_id = ? ORDER BY keeper")) {
            select.setString(1, runId.toString());
            List<String> names = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            return names;
        }
    }

    static Optional<Batch> next(Connection connection, UUID runId, String keeper, long afterSeq) throws SQLException {
        return batches(
                        connection,
                        "WHERE run_id = ? AND keeper = ? AND seq > ? ORDER BY seq LIMIT 1",
                        runId,
                        keeper,
                        afterSeq)
                .stream()
                .findFirst();
    }

    private static List<Batch> batches(Connection connection, String where, UUID runId, Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT keeper, seq, sealed, leaves, key_prints,"
                + " buckets, items, held, probes, opened FROM retain_batch " + where)) {
            select.setString(1, runId.toString());
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 2, values[i]);
            }
            List<Batch> batches = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    batches.add(new Batch(
                            new BatchId(runId, row.getString(1), row.getLong(2)),
                            row.getBytes(3),
                            row.getBytes(4),
                            row.getString(5),
                            row.getString(6),
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getLong(10)));
                }
            }
            return batches;
        }
    }
}
