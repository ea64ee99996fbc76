package io.gatehouse.codes.redeem;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * What a gate finds when it starts again, or a guard on the screen: credentials that were reserved and of which nothing
 * says whether somebody passed. They stay reserved, for giving them back by itself would let a pass be used twice; a
 * person decides, and that is recorded before it takes effect. Thread-safe.
 */
public final class OpenReservations {
    /**
     * A person decided about a reservation; facts: {@code pass}, {@code reserved-at} and {@code decision}, which is
     * {@code used} or {@code given-back}. The entry's person is who decided.
     */
    public static final EventKind SETTLED = EventKind.of("code.settled");

    private final JdbcRedemptions redemptions;
    private final EventSink ledger;
    private final InstantSource clock;

    private OpenReservations(JdbcRedemptions redemptions, EventSink ledger, InstantSource clock) {
        this.redemptions = Objects.requireNonNull(redemptions, "redemptions");
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    public static OpenReservations create(JdbcRedemptions redemptions, EventSink ledger, InstantSource clock) {
        return new OpenReservations(redemptions, ledger, clock);
    }

    /** As {@link JdbcRedemptions#unconfirmed}. */
    public List<Reservation> list(Instant reservedBefore, int limit) throws IOException {
        return redemptions.unconfirmed(reservedBefore, limit);
    }

    /** Somebody passed with it: it is used for ever. */
    public void confirm(Reservation reservation, PersonId decidedBy) throws IOException {
        record(reservation, decidedBy, "used");
        redemptions.confirm(reservation.key(), reservation.portal(), reservation.reservedAt());
    }

    /** Nobody passed with it: it may be presented again. If the gate confirmed it meanwhile, it stays used. */
    public void giveBack(Reservation reservation, PersonId decidedBy) throws IOException {
        record(reservation, decidedBy, "given-back");
        redemptions.giveBack(reservation.key(), reservation.portal());
    }

    private void record(Reservation reservation, PersonId decidedBy, String decision) throws IOException {
        ledger.take(LedgerEvent.builder(SETTLED, clock.instant())
                .portal(reservation.portal())
                .person(decidedBy)
                .fact("pass", reservation.key().value())
                .fact("reserved-at", reservation.reservedAt().toString())
                .fact("decision", decision)
                .build());
    }
}
