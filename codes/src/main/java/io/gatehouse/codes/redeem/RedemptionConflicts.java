package io.gatehouse.codes.redeem;

import io.gatehouse.codes.internal.jdbc.Sql;
import io.gatehouse.codes.redeem.RedemptionTables.Row;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * The server's side of gates that work off line: brings their reports into the shared record of single use, so that gates
 * on line refuse what was used, and records each credential that was taken at two gates, once, with both. Thread-safe,
 * also between programs that share the store.
 *
 * <p>A conflict is written down together with the report that shows it and recorded afterwards; if the program dies
 * between, the next report, or {@link #recordPending}, records it under the same id. The times are those of the gates'
 * clocks.
 */
public final class RedemptionConflicts implements RedemptionReceiver {
    /**
     * A single-use pass was taken at two gates; facts: {@code pass}, {@code first-portal}, {@code first-at},
     * {@code second-portal}, {@code second-at} and {@code certain}: whether both say that somebody passed. It occurred at
     * the second, the later one.
     */
    public static final EventKind CONFLICT = EventKind.of("code.conflict");

    private static final int BATCH = 256;
    private static final String INSERT = """
            INSERT INTO redemption_conflict (redemption_key, first_portal, first_at_millis, second_portal,
                second_at_millis, certain) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (redemption_key, first_portal, first_at_millis, second_portal, second_at_millis) DO NOTHING""";
    private static final String PENDING = """
            SELECT redemption_key, first_portal, first_at_millis, second_portal, second_at_millis, certain
            FROM redemption_conflict WHERE recorded = 0
            ORDER BY second_at_millis, redemption_key, first_portal, first_at_millis, second_portal LIMIT ?""";
    private static final String RECORDED = """
            UPDATE redemption_conflict SET recorded = 1
            WHERE redemption_key = ? AND first_portal = ? AND first_at_millis = ? AND second_portal = ?
                AND second_at_millis = ?""";

    private final Store store;
    private final EventSink ledger;

    private RedemptionConflicts(Store store, EventSink ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /**
     * A receiver on the store that the gates on line share.
     *
     * @throws StoreException if the tables cannot be made
     */
    public static RedemptionConflicts create(Store shared, EventSink ledger) throws StoreException {
        shared.migrate(RedemptionTables.ROOM, RedemptionTables.MIGRATIONS);
        return new RedemptionConflicts(shared, Objects.requireNonNull(ledger, "ledger"));
    }

    @Override
    public void receive(List<RedemptionReport> reports) throws IOException {
        List<RedemptionReport> all = List.copyOf(reports);
        store.write(connection -> {
            for (RedemptionReport report : all) {
                take(connection, report);
            }
            return all.size();
        });
        recordPending();
    }

    /**
     * Records conflicts that were found and are not on record yet; call it when the program starts.
     *
     * @return how many
     * @throws IOException if the ledger does not take them; they stay pending
     */
    public int recordPending() throws IOException {
        int recorded = 0;
        while (true) {
            List<Conflict> pending = store.read(connection -> Sql.list(connection, Conflict::of, PENDING, BATCH));
            if (pending.isEmpty()) {
                return recorded;
            }
            for (Conflict conflict : pending) {
                ledger.take(conflict.event());
                store.write(connection -> Sql.update(
                        connection,
                        RECORDED,
                        conflict.key(),
                        conflict.firstPortal().value(),
                        conflict.firstAt().toEpochMilli(),
                        conflict.secondPortal().value(),
                        conflict.secondAt().toEpochMilli()));
                recorded++;
            }
        }
    }

    private static void take(Connection connection, RedemptionReport report) throws SQLException {
        if (RedemptionTables.insert(connection, report.key(), report.used(), report.portal(), report.at())) {
            return;
        }
        Row known = RedemptionTables.find(connection, report.key().value())
                .orElseThrow(() -> new SQLException("a redemption was refused as taken, but nobody has it"));
        boolean samePortal = known.portal().equals(report.portal());
        // The same gate and time is the same report again, or the use of what was reserved on line.
        if (!samePortal || known.at().toEpochMilli() != report.at().toEpochMilli()) {
            keep(connection, Conflict.of(known, report));
        }
        if (samePortal && report.used() && !known.used()) {
            RedemptionTables.confirm(connection, known.key(), known.portal(), report.at());
        }
    }

    private static void keep(Connection connection, Conflict conflict) throws SQLException {
        Sql.update(
                connection,
                INSERT,
                conflict.key(),
                conflict.firstPortal().value(),
                conflict.firstAt().toEpochMilli(),
                conflict.secondPortal().value(),
                conflict.secondAt().toEpochMilli(),
                conflict.certain() ? 1 : 0);
    }

    /** One credential at two gates, the earlier one first. */
    private record Conflict(
            String key,
            PortalId firstPortal,
            Instant firstAt,
            PortalId secondPortal,
            Instant secondAt,
            boolean certain) {
        static Conflict of(Row known, RedemptionReport report) {
            boolean certain = known.used() && report.used();
            return report.at().isBefore(known.at())
                    ? new Conflict(known.key(), report.portal(), report.at(), known.portal(), known.at(), certain)
                    : new Conflict(known.key(), known.portal(), known.at(), report.portal(), report.at(), certain);
        }

        static Conflict of(ResultSet row) throws SQLException {
            return new Conflict(
                    row.getString("redemption_key"),
                    PortalId.of(row.getString("first_portal")),
                    Instant.ofEpochMilli(row.getLong("first_at_millis")),
                    PortalId.of(row.getString("second_portal")),
                    Instant.ofEpochMilli(row.getLong("second_at_millis")),
                    row.getInt("certain") == 1);
        }

        /** The same each time, so that it is recorded once. */
        LedgerEvent event() {
            String name = "gatehouse redemption conflict " + key + " " + firstPortal + " " + firstAt.toEpochMilli()
                    + " " + secondPortal + " " + secondAt.toEpochMilli();
            return LedgerEvent.builder(CONFLICT, secondAt)
                    .id(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                    .portal(secondPortal)
                    .fact("pass", key)
                    .fact("first-portal", firstPortal.value())
                    .fact("first-at", firstAt.toString())
                    .fact("second-portal", secondPortal.value())
                    .fact("second-at", secondAt.toString())
                    .fact("certain", Boolean.toString(certain))
                    .build();
        }
    }
}
