package io.gatehouse.codes.redeem;

import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Redemptions in a database. Each step is one conditional write on one key, so of any number of gates that share the
 * store exactly one gets a credential, and a reservation is durable when {@link #reserve} returns. A reservation whose
 * door never answered, or whose gate died before it could say, stays until the credential expires: it may have been used.
 * {@link OpenReservations} lists these for a person to decide. Thread-safe.
 */
public final class JdbcRedemptions implements Redemptions {
    private static final int MAX_LISTED = 10_000;

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
        store.migrate(RedemptionTables.ROOM, RedemptionTables.MIGRATIONS);
        return new JdbcRedemptions(store);
    }

    @Override
    public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        Objects.requireNonNull(portal, "portal");
        return store.write(connection -> RedemptionTables.insert(connection, key, false, portal, at)
                ? Optional.empty()
                : Optional.of(whyNot(connection, key)));
    }

    /**
     * {@inheritDoc} Confirming again changes nothing.
     *
     * @throws StoreException also if the portal has no reservation of it
     */
    @Override
    public void confirm(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        boolean confirmed = store.write(connection -> RedemptionTables.confirm(connection, key.value(), portal, at)
                || RedemptionTables.find(connection, key.value())
                        .filter(row -> row.isUsedAt(portal))
                        .isPresent());
        if (!confirmed) {
            throw new StoreException(portal + " confirms a credential that it has not reserved");
        }
    }

    /** {@inheritDoc} Without a reservation of this portal it changes nothing; a confirmed use stays. */
    @Override
    public void giveBack(RedemptionKey key, PortalId portal) throws StoreException {
        store.write(connection -> RedemptionTables.giveBack(connection, key.value(), portal));
    }

    /**
     * Forgets credentials that expired before this moment; give it a margin for clocks that differ.
     *
     * @return how many
     */
    public int purgeExpiredBefore(Instant moment) throws StoreException {
        return store.write(connection -> RedemptionTables.purge(connection, moment));
    }

    /**
     * Reservations that nobody confirmed or gave back, the oldest first: the door gave no answer, or the gate died between
     * the reservation and the answer.
     *
     * @param reservedBefore leaves out passages that are still going on
     * @param limit          at most so many, 1 to 10,000
     */
    public List<Reservation> unconfirmed(Instant reservedBefore, int limit) throws StoreException {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("reservations are listed 1 to " + MAX_LISTED + " at once, not " + limit);
        }
        return store.read(connection -> RedemptionTables.open(connection, reservedBefore, limit)).stream()
                .map(row -> new Reservation(row.redemptionKey(), row.portal(), row.at()))
                .toList();
    }

    Store store() {
        return store;
    }

    private static Reason whyNot(Connection connection, RedemptionKey key) throws SQLException {
        return RedemptionTables.find(connection, key.value())
                .orElseThrow(() -> new SQLException("a redemption was refused as taken, but nobody has it"))
                .whyNot();
    }
}
