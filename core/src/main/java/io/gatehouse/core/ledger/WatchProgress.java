package io.gatehouse.core.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a watch stands. Immutable.
 *
 * @param position   the entry to go on with; 0 at the beginning of a round
 * @param begun      when the round began
 * @param damaged    whether something was found in it
 * @param cleanSince when the last round began that found nothing
 */
record WatchProgress(long position, Instant begun, boolean damaged, Optional<Instant> cleanSince) {

    static WatchProgress begin(Instant now, Optional<Instant> cleanSince) {
        return new WatchProgress(0, now, false, cleanSince);
    }

    WatchProgress at(long next, boolean isDamaged) {
        return new WatchProgress(next, begun, isDamaged, cleanSince);
    }

    static Optional<WatchProgress> read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT position, begun_millis, damaged, clean_millis FROM ledger_watch");
                ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            long clean = rows.getLong(4);
            Optional<Instant> cleanSince = rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(clean));
            return Optional.of(new WatchProgress(
                    rows.getLong(1), Instant.ofEpochMilli(rows.getLong(2)), rows.getLong(3) != 0, cleanSince));
        }
    }

    int write(Connection connection) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(
                "INSERT INTO ledger_watch (id, position, begun_millis, damaged, clean_millis) VALUES (1, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET position = excluded.position,"
                        + " begun_millis = excluded.begun_millis, damaged = excluded.damaged,"
                        + " clean_millis = excluded.clean_millis")) {
            put.setLong(1, position);
            put.setLong(2, begun.toEpochMilli());
            put.setLong(3, damaged ? 1 : 0);
            if (cleanSince.isPresent()) {
                put.setLong(4, cleanSince.get().toEpochMilli());
            } else {
                put.setNull(4, Types.BIGINT);
            }
            return put.executeUpdate();
        }
    }
}
