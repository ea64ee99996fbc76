package io.gatehouse.core.outbox;

import io.gatehouse.core.outbox.Progress.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The receiver's tables: a row for each series of each outbox, which only its own key leads to. */
final class ReceiverTables {
    static final String ROOM = "core.outbox.receiver";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE outbox_receiver (
                outbox TEXT NOT NULL,
                series TEXT NOT NULL,
                next INTEGER NOT NULL,
                window_events BLOB NOT NULL,
                reading_id TEXT,
                gate_time TEXT,
                server_time TEXT,
                offline_since TEXT,
                reading_first INTEGER,
                waiting INTEGER,
                on_record INTEGER,
                PRIMARY KEY (outbox, series)
            ) WITHOUT ROWID;
            """);

    private static final int KEYS = 2;

    private ReceiverTables() {}

    static Optional<Progress> progress(Connection connection, OutboxId outbox, UUID series) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT next, window_events, reading_id, gate_time, server_time, offline_since, reading_first, waiting,"
                        + " on_record FROM outbox_receiver WHERE outbox = ? AND series = ?")) {
            select.setString(1, outbox.value());
            select.setString(2, series.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Progress(row.getLong(1), Progress.window(row.getBytes(2)), reading(row)))
                        : Optional.empty();
            }
        }
    }

    private static Optional<Reading> reading(ResultSet row) throws SQLException {
        String id = row.getString(3);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(new Reading(
                UUID.fromString(id),
                Instant.parse(row.getString(4)),
                Instant.parse(row.getString(5)),
                Optional.ofNullable(row.getString(6)).map(Instant::parse),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9) != 0));
    }

    /** Delivery never goes back: of two that write at once, the one that is further on stays. */
    static int save(Connection connection, OutboxId outbox, UUID series, Progress progress) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO outbox_receiver (outbox, series, next, window_events, reading_id, gate_time, server_time,"
                        + " offline_since, reading_first, waiting, on_record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (outbox, series) DO UPDATE SET next = excluded.next,"
                        + " window_events = excluded.window_events, reading_id = excluded.reading_id,"
                        + " gate_time = excluded.gate_time, server_time = excluded.server_time,"
                        + " offline_since = excluded.offline_since, reading_first = excluded.reading_first,"
                        + " waiting = excluded.waiting, on_record = excluded.on_record"
                        + " WHERE outbox_receiver.next <= excluded.next")) {
            upsert.setString(1, outbox.value());
            upsert.setString(2, series.toString());
            upsert.setLong(KEYS + 1, progress.next());
            upsert.setBytes(KEYS + 2, progress.windowBytes());
            set(upsert, KEYS + 3, progress.reading().orElse(null));
            return upsert.executeUpdate();
        }
    }

    private static void set(PreparedStatement upsert, int at, @Nullable Reading reading) throws SQLException {
        upsert.setString(at, reading == null ? null : reading.id().toString());
        upsert.setString(at + 1, reading == null ? null : reading.gateTime().toString());
        upsert.setString(at + 2, reading == null ? null : reading.serverTime().toString());
        upsert.setString(
                at + 3,
                reading == null
                        ? null
                        : reading.offlineSince().map(Instant::toString).orElse(null));
        upsert.setLong(at + 4, reading == null ? 0 : reading.first());
        upsert.setLong(at + 5, reading == null ? 0 : reading.waiting());
        upsert.setLong(at + 6, reading != null && reading.onRecord() ? 1 : 0);
    }
}
