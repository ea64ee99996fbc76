package io.gatehouse.core.outbox;

import io.gatehouse.core.outbox.OutboxReceipt.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outbox's tables. Positions ascend for ever; the number under which an event is sent is its position less where the
 * series began. What is before {@code delivered} stays only if it was refused.
 */
final class OutboxTables {
    static final String ROOM = "core.outbox";

    static final List<String> SCRIPTS = List.of("""
            CREATE TABLE outbox_root (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                name TEXT NOT NULL,
                series TEXT NOT NULL,
                series_begin INTEGER NOT NULL,
                delivered INTEGER NOT NULL
            );
            CREATE TABLE outbox_event (
                position INTEGER PRIMARY KEY,
                event_id TEXT NOT NULL UNIQUE,
                content BLOB NOT NULL,
                refused TEXT
            );
            CREATE INDEX outbox_event_refused ON outbox_event (position) WHERE refused IS NOT NULL;
            """);

    private OutboxTables() {}

    /** Where delivery is. */
    record Root(String name, UUID series, long seriesBegin, long delivered) {}

    /** How much there is. */
    record Totals(long next, long events, long refused, long bytes) {}

    /** A row of an event. */
    record Row(long position, byte[] content, @Nullable String refused) {}

    static Optional<Root> root(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT name, series, series_begin, delivered FROM outbox_root");
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Root(
                            row.getString(1), UUID.fromString(row.getString(2)), row.getLong(3), row.getLong(4)))
                    : Optional.empty();
        }
    }

    static int insertRoot(Connection connection, Root root) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outbox_root (id, name, series, series_begin, delivered) VALUES (1, ?, ?, ?, ?)")) {
            insert.setString(1, root.name());
            insert.setString(2, root.series().toString());
            insert.setLong(3, root.seriesBegin());
            insert.setLong(4, root.delivered());
            return insert.executeUpdate();
        }
    }

    static int updateRoot(Connection connection, Root root) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE outbox_root SET series = ?, series_begin = ?, delivered = ?")) {
            update.setString(1, root.series().toString());
            update.setLong(2, root.seriesBegin());
            update.setLong(3, root.delivered());
            return update.executeUpdate();
        }
    }

    static Totals totals(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT coalesce(max(position) + 1, 0), count(*), count(refused),"
                                + " coalesce(sum(length(content)), 0) FROM outbox_event");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Totals(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    static int insert(Connection connection, long position, UUID event, byte[] content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outbox_event (position, event_id, content) VALUES (?, ?, ?)")) {
            insert.setLong(1, position);
            insert.setString(2, event.toString());
            insert.setBytes(3, content);
            return insert.executeUpdate();
        }
    }

    static Optional<Row> byEvent(Connection connection, UUID event) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT position, content, refused FROM outbox_event WHERE event_id = ?")) {
            select.setString(1, event.toString());
            return rows(select, Long.MAX_VALUE).stream().findFirst();
        }
    }

    /** Rows from a position on; the last is the one that brings them to so many bytes. */
    static List<Row> from(Connection connection, long position, int limit, long bytes) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT position, content, refused FROM outbox_event"
                        + " WHERE position >= ? ORDER BY position LIMIT ?")) {
            select.setLong(1, position);
            select.setInt(2, limit);
            return rows(select, bytes);
        }
    }

    static List<Row> refused(Connection connection, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT position, content, refused FROM outbox_event"
                        + " WHERE refused IS NOT NULL ORDER BY position LIMIT ?")) {
            select.setInt(1, limit);
            return rows(select, Long.MAX_VALUE);
        }
    }

    private static List<Row> rows(PreparedStatement select, long bytes) throws SQLException {
        List<Row> rows = new ArrayList<>();
        long read = 0;
        try (ResultSet row = select.executeQuery()) {
            while (read < bytes && row.next()) {
                byte[] content = row.getBytes(2);
                rows.add(new Row(row.getLong(1), content, row.getString(3)));
                read += content.length;
            }
        }
        return rows;
    }

    /** Sets refused events aside and removes the others up to where delivery is. */
    static int deliver(Connection connection, Root root, List<Refusal> refused) throws SQLException {
        updateRoot(connection, root);
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE outbox_event SET refused = ? WHERE position = ?")) {
            for (Refusal each : refused) {
                update.setString(1, each.reason());
                update.setLong(2, root.seriesBegin() + each.number());
                update.addBatch();
            }
            update.executeBatch();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM outbox_event WHERE position < ? AND refused IS NULL")) {
            delete.setLong(1, root.delivered());
            return delete.executeUpdate();
        }
    }

    static int dropRefused(Connection connection, long position) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM outbox_event WHERE position = ? AND refused IS NOT NULL")) {
            delete.setLong(1, position);
            return delete.executeUpdate();
        }
    }
}
