package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import io.gatehouse.core.vault.VaultTables.Shredded;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of everything that was shredded and renewed, in order. Unlike the state beside it nothing leaves it, so that
 * it can be done again to a copy of the vault that is older.
 */
final class ShredEvents {
    static final int ID_BYTES = 16;

    private static final String COLUMNS =
            "SELECT number, id, subject, previous, is_renewal, happened_at, key_fingerprint FROM vault_shred_event ";

    private ShredEvents() {}

    /**
     * A shredding, or the renewal after one.
     *
     * @param number   its place in this vault, from 1
     * @param id       random, the same in every copy
     * @param previous the id of the subject's event before this one
     */
    record Event(
            long number,
            byte[] id,
            byte[] subject,
            byte @Nullable [] previous,
            boolean isRenewal,
            Instant at,
            String keyFingerprint) {}

    static void insertShredding(Connection connection, byte[] subject, Shredded shredded) throws SQLException {
        insertNew(connection, subject, false, shredded.at(), shredded.keyFingerprint());
    }

    static void insertRenewal(Connection connection, byte[] subject, Instant at) throws SQLException {
        insertNew(connection, subject, true, at, "");
    }

    private static void insertNew(
            Connection connection, byte[] subject, boolean isRenewal, Instant at, String keyFingerprint)
            throws SQLException {
        byte[] previous = last(connection, subject).map(Event::id).orElse(null);
        byte[] id = Random.randBytes(ID_BYTES);
        insert(connection, new Event(0, id, subject, previous, isRenewal, at, keyFingerprint));
    }

    private static void insert(Connection connection, Event event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO vault_shred_event"
                + " (number, id, subject, previous, is_renewal, happened_at, key_fingerprint)"
                + " SELECT coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ? FROM vault_shred_event")) {
            insert.setBytes(1, event.id());
            insert.setBytes(2, event.subject());
            insert.setBytes(3, event.previous());
            insert.setInt(4, event.isRenewal() ? 1 : 0);
            insert.setString(5, event.at().toString());
            insert.setString(6, event.keyFingerprint());
            insert.executeUpdate();
        }
    }

    /**
     * Does again what another copy of this vault did.
     *
     * @return false if this copy knows of it
     */
    static boolean replay(Connection connection, Event event) throws SQLException {
        if (isKnown(connection, event.id())) {
            return false;
        }
        byte[] lastHere = last(connection, event.subject()).map(Event::id).orElse(null);
        if (!event.isRenewal()) {
            VaultTables.destroyKeys(connection, event.subject());
            VaultTables.deleteShredded(connection, event.subject());
            VaultTables.insertShredded(connection, event.subject(), new Shredded(event.at(), event.keyFingerprint()));
        } else if (Arrays.equals(lastHere, event.previous())) {
            // A renewal ends the very shredding that it followed; one that only this copy knows of stays in force.
            VaultTables.deleteShredded(connection, event.subject());
        }
        insert(connection, event);
        return true;
    }

    static boolean isKnown(Connection connection, byte[] id) throws SQLException {
        return !events(connection, "WHERE id = ?", id).isEmpty();
    }

    static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM vault_shred_event");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Optional<Event> last(Connection connection, byte[] subject) throws SQLException {
        return events(connection, "WHERE subject = ? ORDER BY number DESC LIMIT 1", subject).stream()
                .findFirst();
    }

    /** The next events after this number. */
    static List<Event> after(Connection connection, long number, int limit) throws SQLException {
        return events(connection, "WHERE number > ? ORDER BY number LIMIT " + limit, number);
    }

    private static List<Event> events(Connection connection, String where, Object parameter) throws SQLException {
        List<Event> events = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(COLUMNS + where)) {
            if (parameter instanceof byte[] bytes) {
                select.setBytes(1, bytes);
            } else {
                select.setObject(1, parameter);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(new Event(
                            rows.getLong(1),
                            rows.getBytes(2),
                            rows.getBytes(3),
                            rows.getBytes(4),
                            rows.getInt(5) != 0,
                            Instant.parse(rows.getString(6)),
                            rows.getString(7)));
                }
            }
        }
        return events;
    }
}
