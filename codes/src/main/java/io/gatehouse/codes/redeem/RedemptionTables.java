package io.gatehouse.codes.redeem;

import io.gatehouse.codes.internal.jdbc.Sql;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tables of single use and the statements on them, each a condition on one key, so that of any number of gates one
 * wins. {@code reported} says how much of a row a server knows, where the table is that of a gate which works off line: 0
 * nothing, 1 the reservation, 2 the use. Stateless.
 */
final class RedemptionTables {
    static final String ROOM = "codes.redeem";
    static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE redemption (
                redemption_key TEXT PRIMARY KEY,
                state TEXT NOT NULL CHECK (state IN ('RESERVED', 'USED')),
                portal TEXT NOT NULL,
                at_millis BIGINT NOT NULL,
                expires_at_millis BIGINT NOT NULL
            );
            CREATE INDEX redemption_expiry ON redemption (expires_at_millis);
            """, """
            ALTER TABLE redemption ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX redemption_open ON redemption (at_millis) WHERE state = 'RESERVED';
            CREATE TABLE redemption_conflict (
                redemption_key TEXT NOT NULL,
                first_portal TEXT NOT NULL,
                first_at_millis BIGINT NOT NULL,
                second_portal TEXT NOT NULL,
                second_at_millis BIGINT NOT NULL,
                certain INTEGER NOT NULL,
                recorded INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (redemption_key, first_portal, first_at_millis, second_portal, second_at_millis)
            );
            """);

    private static final String COLUMNS = "redemption_key, state, portal, at_millis, expires_at_millis";
    private static final String INSERT =
            "INSERT INTO redemption (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?) ON CONFLICT (redemption_key) DO NOTHING";
    private static final String FIND = "SELECT " + COLUMNS + " FROM redemption WHERE redemption_key = ?";
    private static final String CONFIRM = """
            UPDATE redemption SET state = 'USED', at_millis = ?
            WHERE redemption_key = ? AND portal = ? AND state = 'RESERVED'""";
    private static final String GIVE_BACK =
            "DELETE FROM redemption WHERE redemption_key = ? AND portal = ? AND state = 'RESERVED'";
    private static final String PURGE = "DELETE FROM redemption WHERE expires_at_millis < ?";
    private static final String PURGE_REPORTED =
            PURGE + " AND ((state = 'USED' AND reported = 2) OR (state = 'RESERVED' AND reported = 1))";
    private static final String OPEN = "SELECT " + COLUMNS
            + " FROM redemption WHERE state = 'RESERVED' AND at_millis < ? ORDER BY at_millis, redemption_key LIMIT ?";
    private static final String UNREPORTED = "SELECT " + COLUMNS + " FROM redemption WHERE (state = 'USED' AND"
            + " reported < 2) OR (state = 'RESERVED' AND reported < 1 AND at_millis < ?)"
            + " ORDER BY at_millis, redemption_key LIMIT ?";
    private static final String REPORTED =
            "UPDATE redemption SET reported = ? WHERE redemption_key = ? AND reported < ?";

    private RedemptionTables() {}

    static boolean insert(Connection connection, RedemptionKey key, boolean used, PortalId portal, Instant at)
            throws SQLException {
        return Sql.update(
                        connection,
                        INSERT,
                        key.value(),
                        used ? "USED" : "RESERVED",
                        portal.value(),
                        at.toEpochMilli(),
                        key.expiresAt().toEpochMilli())
                == 1;
    }

    static Optional<Row> find(Connection connection, String key) throws SQLException {
        return Sql.first(connection, Row::of, FIND, key);
    }

    static boolean confirm(Connection connection, String key, PortalId portal, Instant at) throws SQLException {
        return Sql.update(connection, CONFIRM, at.toEpochMilli(), key, portal.value()) == 1;
    }

    static boolean giveBack(Connection connection, String key, PortalId portal) throws SQLException {
        return Sql.update(connection, GIVE_BACK, key, portal.value()) == 1;
    }

    static int purge(Connection connection, Instant moment) throws SQLException {
        return Sql.update(connection, PURGE, moment.toEpochMilli());
    }

    static int purgeReported(Connection connection, Instant moment) throws SQLException {
        return Sql.update(connection, PURGE_REPORTED, moment.toEpochMilli());
    }

    static List<Row> open(Connection connection, Instant before, int limit) throws SQLException {
        return Sql.list(connection, Row::of, OPEN, before.toEpochMilli(), limit);
    }

    static List<Row> unreported(Connection connection, Instant reservedBefore, int limit) throws SQLException {
        return Sql.list(connection, Row::of, UNREPORTED, reservedBefore.toEpochMilli(), limit);
    }

    static void reported(Connection connection, String key, boolean used) throws SQLException {
        int reported = used ? 2 : 1;
        Sql.update(connection, REPORTED, reported, key, reported);
    }

    /** What is known of a credential. */
    record Row(String key, boolean used, PortalId portal, Instant at, Instant expiresAt) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("redemption_key"),
                    row.getString("state").equals("USED"),
                    PortalId.of(row.getString("portal")),
                    Instant.ofEpochMilli(row.getLong("at_millis")),
                    Instant.ofEpochMilli(row.getLong("expires_at_millis")));
        }

        RedemptionKey redemptionKey() {
            return new RedemptionKey(key, expiresAt);
        }

        boolean isUsedAt(PortalId where) {
            return used && portal.equals(where);
        }

        Reason whyNot() {
            return used
                    ? Reason.format(
                            "code.replayed",
                            "This pass was used at %s at %s and counts only once: ask for a new one.",
                            portal,
                            at)
                    : Reason.format(
                            "code.reserved",
                            "This pass is being used at %s since %s: ask the guard if the door there stayed shut.",
                            portal,
                            at);
        }
    }
}
