package io.gatehouse.codes.redeem;

import io.gatehouse.codes.redeem.RedemptionTables.Row;
import io.gatehouse.codes.token.PassType;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Single use at a gate that cannot ask the others: kept on the gate's own disk, under a rule for each type of pass, and
 * reported at the next {@link #sync}. At this gate a pass counts once whatever the rule; that two such gates take one pass
 * cannot be kept from happening unless it is bound to one of them, and under
 * {@link OfflineRule#ACCEPT_AND_REPORT} it is found afterwards. Thread-safe.
 */
public final class OfflineRedemptions implements Redemptions {
    private static final int BATCH = 256;
    /** Longer than any passage takes: what is still reserved then will not be given back by the gate itself. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final JdbcRedemptions local;
    private final Map<String, OfflineRule> rules;

    private OfflineRedemptions(JdbcRedemptions local, Map<String, OfflineRule> rules) {
        this.local = local;
        this.rules = rules;
    }

    /**
     * Single use in the gate's own store.
     *
     * @param rules what to do with each type of pass; {@link OfflineRule#BOUND_GATE_ONLY} for those left out
     * @throws StoreException if the tables cannot be made
     */
    public static OfflineRedemptions create(Store gateStore, Map<PassType, OfflineRule> rules) throws StoreException {
        Map<String, OfflineRule> byKind = rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(rule -> rule.getKey().kind(), Map.Entry::getValue));
        return new OfflineRedemptions(JdbcRedemptions.create(gateStore), byKind);
    }

    @Override
    public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        boolean bound = key.boundTo().filter(portal::equals).isPresent();
        if (!bound && rules.getOrDefault(key.kind(), OfflineRule.BOUND_GATE_ONLY) == OfflineRule.BOUND_GATE_ONLY) {
            return Optional.of(Reason.format(
                    "code.off-line",
                    "%s is off line and takes passes that count once only if they are bound to it: use another gate.",
                    portal));
        }
        return local.reserve(key, portal, at);
    }

    @Override
    public void confirm(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        local.confirm(key, portal, at);
    }

    @Override
    public void giveBack(RedemptionKey key, PortalId portal) throws StoreException {
        local.giveBack(key, portal);
    }

    /**
     * Forgets credentials that expired before this moment and of which the server knows all; the others wait for the next
     * {@link #sync}, so that no conflict goes unnoticed. Use this here, not what {@link #local} has for it.
     *
     * @return how many
     */
    public int purgeExpiredBefore(Instant moment) throws StoreException {
        return local.store().write(connection -> RedemptionTables.purgeReported(connection, moment));
    }

    /** What the gate itself knows of its reservations that nobody confirmed, for {@link OpenReservations}. */
    public JdbcRedemptions local() {
        return local;
    }

    /**
     * Reports what the gate did since the last time, batch after batch: uses at once, and reservations that nobody settled
     * within two minutes. Whatever dies in between is sent again.
     *
     * @return how many reports were delivered
     * @throws IOException if the server cannot be reached; what it took is not sent again
     */
    public long sync(RedemptionReceiver server, Instant now) throws IOException {
        Objects.requireNonNull(server, "server");
        Store store = local.store();
        long delivered = 0;
        while (true) {
            List<Row> rows =
                    store.read(connection -> RedemptionTables.unreported(connection, now.minus(SETTLED), BATCH));
            if (rows.isEmpty()) {
                return delivered;
            }
            server.receive(rows.stream()
                    .map(row -> new RedemptionReport(row.redemptionKey(), row.portal(), row.at(), row.used()))
                    .toList());
            store.write(connection -> {
                for (Row row : rows) {
                    RedemptionTables.reported(connection, row.key(), row.used());
                }
                return rows.size();
            });
            delivered += rows.size();
        }
    }

    /** Whether this gate took the credential by itself. */
    Optional<Reason> whyNot(RedemptionKey key) throws StoreException {
        return local.store()
                .read(connection -> RedemptionTables.find(connection, key.value()))
                .map(Row::whyNot);
    }

    /** Keeps a use that was reserved on line and can no longer be confirmed there. */
    void keepUse(RedemptionKey key, PortalId portal, Instant at) throws StoreException {
        local.store().write(connection -> RedemptionTables.insert(connection, key, true, portal, at));
    }
}
