package io.gatehouse.codes.redeem;

import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Redemptions in a database. Each step is one conditional write on one key, so of any number of gates that share the
 * store exactly one gets a credential, and a reservation is durable when {@link #reserve} returns. A reservation whose
 * door never answered stays until the credential expires: it may have been used. Thread-safe.
 */
public final class JdbcRedemptions implements Redemptions {
    private static final String ROOM = "codes.redeem";
    private static final List<String> MIGRATIONS = List.of("""
            CREATE TABLE redemption (
                redemption_key TEXT PRIMARY KEY,
                state TEXT NOT NULL CHECK (state IN ('RESERVED', 'USED')),
                portal TEXT NOT NULL,
                at_millis BIGINT NOT NULL,
                expires_at_millis BIGINT NOT NULL
            );
            CREATE INDEX redemption_expiry ON redemption (expires_at_millis);
            """);

    private static final String RESERVE = """
            INSERT INTO redemption (redemption_key, state, portal, at_millis, expires_at_millis)
            VALUES (?, 'RESERVED', ?, ?, ?) ON CONFLICT (redemption_key) DO NOTHING""";
    private static final String FIND = "SELECT state, portal, at_millis FROM redemption WHERE redemption_key = ?";
    private static final String CONFIRM = """
            UPDATE redemption SET state = 'USED', at_millis = ?
            WHERE redemption_key = ? AND portal = ? AND state = 'RESERVED'""";
    private static final String GIVE_BACK =
            "DELETE FROM redemption WHERE redemption_key = ? AND portal = ? AND state = 'RESERVED'";
    private static final String PURGE = "DELETE FROM redemption WHERE expires_at_millis < ?";

    private final Store store;

    private JdbcRedemptions(Store store) {
        this.store = store;
    }

    /**
     * Redemptions kept in this store, whose tables are brought up to date.
     *
     * @throws StoreException if the tables cannot be made
     */
    public static JdbcRedemptions create(Store store) throws StoreException {
        store.migrate(ROOM, MIGRATIONS);
        return new JdbcRedemptions(store);
    }

    @Override
    public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        Objects.requireNonNull(portal, "portal");
        return store.write(connection -> {
            boolean taken = update(
                            connection,
                            RESERVE,
                            key.value(),
                            portal.value(),
                            at.toEpochMilli(),
                            key.expiresAt().toEpochMilli())
                    == 1;
            return taken ? Optional.empty() : Optional.of(whyNot(connection, key));
        });
    }

    /**
     * {@inheritDoc} Confirming again changes nothing.
     *
     * @throws StoreException also if the portal has no reservation of it
     */
    @Override
    public void confirm(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        boolean confirmed = store.write(
                connection -> update(connection, CONFIRM, at.toEpochMilli(), key.value(), portal.value()) == 1
                        || isUsedAt(connection, key, portal));
        if (!confirmed) {
            throw new StoreException(portal + " confirms a credential that it has not reserved");
        }
    }

    /** {@inheritDoc} Without a reservation of this portal it changes nothing; a confirmed use stays. */
    @Override
    public void giveBack(RedemptionKey key, PortalId portal) throws StoreException {
        store.write(connection -> update(connection, GIVE_BACK, key.value(), portal.value()));
    }

    /**
     * Forgets credentials that expired before this moment; give it a margin for clocks that differ.
     *
     * @return how many
     */
    public int purgeExpiredBefore(Instant moment) throws StoreException {
        return store.write(connection -> update(connection, PURGE, moment.toEpochMilli()));
    }

    private static Reason whyNot(Connection connection, RedemptionKey key) throws SQLException {
        return find(connection, key).whyNot();
    }

    private static boolean isUsedAt(Connection connection, RedemptionKey key, PortalId portal) throws SQLException {
        try (PreparedStatement statement = prepare(connection, FIND, key.value());
                ResultSet row = statement.executeQuery()) {
            return row.next() && Row.of(row).isUsedAt(portal);
        }
    }

    private static Row find(Connection connection, RedemptionKey key) throws SQLException {
        try (PreparedStatement statement = prepare(connection, FIND, key.value());
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("a redemption was refused as taken, but nobody has it");
            }
            return Row.of(row);
        }
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private record Row(boolean used, String portal, Instant at) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("state").equals("USED"),
                    row.getString("portal"),
                    Instant.ofEpochMilli(row.getLong("at_millis")));
        }

        boolean isUsedAt(PortalId where) {
            return used && portal.equals(where.value());
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
