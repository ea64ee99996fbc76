package io.gatehouse.codes.redeem;

import static io.gatehouse.codes.redeem.GateSide.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.codes.token.PassType;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.RedemptionKey;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.StoreException;
import io.gatehouse.core.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineRedemptionsTest {
    private static final PortalId NORTH = PortalId.of("north");
    private static final PortalId SOUTH = PortalId.of("south");
    private static final PortalId EAST = PortalId.of("east");
    private static final Map<PassType, OfflineRule> RULES =
            Map.of(PassType.EVENT_TICKET, OfflineRule.ACCEPT_AND_REPORT, PassType.VISITOR, OfflineRule.BOUND_GATE_ONLY);
    private static final RedemptionKey TICKET = key(PassType.EVENT_TICKET, Optional.empty());

    @TempDir
    Path folder;

    /** Keeps an event once, as a ledger does, and may be broken. */
    private static final class Sink implements EventSink {
        final Map<UUID, LedgerEvent> events = new LinkedHashMap<>();
        boolean fails;

        @Override
        public void take(LedgerEvent event) throws IOException {
            if (fails) {
                throw new IOException("the disk is full");
            }
            LedgerEvent before = events.putIfAbsent(event.id(), event);
            if (before != null && !before.equals(event)) {
                throw new IllegalArgumentException("another event has the id " + event.id());
            }
        }
    }

    private final Sink ledger = new Sink();
    private Store northStore;
    private Store southStore;
    private Store serverStore;
    private OfflineRedemptions north;
    private OfflineRedemptions south;
    private JdbcRedemptions shared;
    private RedemptionConflicts server;

    @BeforeEach
    void open() throws IOException {
        northStore = Stores.open(folder.resolve("north.db"));
        southStore = Stores.open(folder.resolve("south.db"));
        serverStore = Stores.open(folder.resolve("server.db"));
        north = OfflineRedemptions.create(northStore, RULES);
        south = OfflineRedemptions.create(southStore, RULES);
        shared = JdbcRedemptions.create(serverStore);
        server = RedemptionConflicts.create(serverStore, ledger);
    }

    @AfterEach
    void close() throws IOException {
        northStore.close();
        southStore.close();
        serverStore.close();
    }

    private static RedemptionKey key(PassType type, Optional<PortalId> bound) {
        return new RedemptionKey("a1a2a3a4", NOON.plusSeconds(3_600), type.kind(), bound);
    }

    private static void use(Redemptions gate, RedemptionKey key, PortalId portal, int second) throws IOException {
        Instant at = NOON.plusSeconds(second);
        assertThat(gate.reserve(key, portal, at)).isEmpty();
        gate.confirm(key, portal, at);
    }

    private static Optional<String> codeOf(Optional<Reason> refusal) {
        return refusal.map(Reason::code);
    }

    @Test
    @DisplayName("off line a type under the bound-gate rule is taken only at the gate that the pass is bound to")
    void takesOnlyBoundPassesUnderTheBoundGateRule() throws Exception {
        for (PassType type : List.of(PassType.VISITOR, PassType.EMPLOYEE)) {
            assertThat(codeOf(north.reserve(key(type, Optional.empty()), NORTH, NOON)))
                    .as("%s, also where no rule names it", type)
                    .contains("code.off-line");
        }
        assertThat(codeOf(north.reserve(key(PassType.VISITOR, Optional.of(SOUTH)), NORTH, NOON)))
                .contains("code.off-line");
        RedemptionKey bound = key(PassType.VISITOR, Optional.of(NORTH));
        use(north, bound, NORTH, 1);
        assertThat(codeOf(north.reserve(bound, NORTH, NOON.plusSeconds(2)))).contains("code.replayed");
    }

    @Test
    @DisplayName("REG-16 a ticket used at two gates off line is recorded once, with both gates and both times")
    void recordsAConflictExactlyOnceWithBothGatesAndTimes() throws Exception {
        use(south, TICKET, SOUTH, 20);
        use(north, TICKET, NORTH, 10);
        assertThat(south.sync(server, NOON.plusSeconds(60))).isOne();
        assertThat(ledger.events).isEmpty();
        assertThat(north.sync(server, NOON.plusSeconds(60))).isOne();

        assertThat(north.sync(server, NOON.plusSeconds(70))).isZero();
        server.receive(List.of(new RedemptionReport(TICKET, NORTH, NOON.plusSeconds(10), true)));
        server.receive(List.of(new RedemptionReport(TICKET, SOUTH, NOON.plusSeconds(20), true)));
        assertThat(ledger.events).hasSize(1);
        LedgerEvent conflict = ledger.events.values().iterator().next();
        assertThat(conflict.kind()).isEqualTo(RedemptionConflicts.CONFLICT);
        assertThat(conflict.portal()).hasValue(SOUTH);
        assertThat(conflict.occurredAt()).isEqualTo(NOON.plusSeconds(20));
        assertThat(conflict.facts())
                .containsEntry("pass", "a1a2a3a4")
                .containsEntry("first-portal", "north")
                .containsEntry("first-at", NOON.plusSeconds(10).toString())
                .containsEntry("second-portal", "south")
                .containsEntry("second-at", NOON.plusSeconds(20).toString())
                .containsEntry("certain", "true");
    }

    @Test
    void recordsEachFurtherGateToo() throws Exception {
        for (int at : new int[] {20, 10, 5}) {
            PortalId portal = at == 20 ? SOUTH : at == 10 ? NORTH : EAST;
            server.receive(List.of(new RedemptionReport(TICKET, portal, NOON.plusSeconds(at), true)));
        }
        assertThat(ledger.events.values())
                .extracting(event -> event.facts().get("first-portal"))
                .containsExactly("north", "east");
    }

    @Test
    @DisplayName("a conflict that the ledger did not take is recorded later, once")
    void recordsLaterWhatTheLedgerDidNotTake() throws Exception {
        use(north, TICKET, NORTH, 10);
        use(south, TICKET, SOUTH, 20);
        north.sync(server, NOON.plusSeconds(60));
        ledger.fails = true;
        assertThatThrownBy(() -> south.sync(server, NOON.plusSeconds(60))).isInstanceOf(IOException.class);
        ledger.fails = false;

        RedemptionConflicts again = RedemptionConflicts.create(serverStore, ledger);
        assertThat(again.recordPending()).isOne();
        assertThat(again.recordPending()).isZero();
        assertThat(south.sync(again, NOON.plusSeconds(60))).isOne();
        assertThat(ledger.events).hasSize(1);
    }

    @Test
    void sendsAgainWhatItDoesNotKnowToHaveArrived() throws Exception {
        use(north, TICKET, NORTH, 10);
        RedemptionReceiver losing = reports -> {
            server.receive(reports);
            throw new IOException("the answer is lost");
        };
        assertThatThrownBy(() -> north.sync(losing, NOON.plusSeconds(60))).isInstanceOf(IOException.class);
        assertThat(north.sync(server, NOON.plusSeconds(60))).isOne();
        assertThat(ledger.events).isEmpty();
    }

    @Test
    @DisplayName("what an off-line gate took is refused at gates on line once it is reported")
    void isRefusedOnLineOnceReported() throws Exception {
        use(north, TICKET, NORTH, 10);
        north.sync(server, NOON.plusSeconds(60));
        assertThat(codeOf(shared.reserve(TICKET, SOUTH, NOON.plusSeconds(61)))).contains("code.replayed");
    }

    @Test
    void reportsReservationsThatNobodySettledAndTheirUseLater() throws Exception {
        north.reserve(TICKET, NORTH, NOON);
        assertThat(north.sync(server, NOON.plusSeconds(60))).isZero();
        assertThat(north.sync(server, NOON.plusSeconds(121))).isOne();
        assertThat(shared.unconfirmed(NOON.plusSeconds(121), 9)).hasSize(1);
        assertThat(codeOf(shared.reserve(TICKET, SOUTH, NOON.plusSeconds(122)))).contains("code.reserved");

        north.confirm(TICKET, NORTH, NOON);
        assertThat(north.sync(server, NOON.plusSeconds(180))).isOne();
        assertThat(shared.unconfirmed(NOON.plusSeconds(180), 9)).isEmpty();
        assertThat(ledger.events).isEmpty();
    }

    @Test
    @DisplayName("a conflict with a gate that never answered is recorded as uncertain")
    void saysWhereAConflictIsUncertain() throws Exception {
        north.reserve(TICKET, NORTH, NOON);
        north.sync(server, NOON.plusSeconds(121));
        use(south, TICKET, SOUTH, 20);
        south.sync(server, NOON.plusSeconds(130));
        assertThat(ledger.events.values())
                .extracting(event -> event.facts().get("certain"))
                .containsExactly("false");
    }

    /** The shared record behind a line that can be cut. */
    private final class Line implements Redemptions {
        boolean cut;

        private void check() throws IOException {
            if (cut) {
                throw new IOException("no line to the server");
            }
        }

        @Override
        public Optional<Reason> reserve(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            check();
            return shared.reserve(key, portal, at);
        }

        @Override
        public void confirm(RedemptionKey key, PortalId portal, Instant at) throws IOException {
            check();
            shared.confirm(key, portal, at);
        }

        @Override
        public void giveBack(RedemptionKey key, PortalId portal) throws IOException {
            check();
            shared.giveBack(key, portal);
        }
    }

    @Test
    @DisplayName("REG-16 a gate whose line fails goes on by its own record, and reports when the line is back")
    void goesOnByItsOwnRecordWhenTheLineFails() throws Exception {
        Line line = new Line();
        SiteRedemptions gate = SiteRedemptions.create(line, north);
        use(gate, TICKET, NORTH, 1);
        assertThat(codeOf(shared.reserve(TICKET, SOUTH, NOON))).contains("code.replayed");

        line.cut = true;
        RedemptionKey other = new RedemptionKey("other", TICKET.expiresAt(), TICKET.kind(), Optional.empty());
        use(gate, other, NORTH, 2);
        line.cut = false;
        assertThat(codeOf(gate.reserve(other, NORTH, NOON.plusSeconds(3))))
                .as("before it is reported")
                .contains("code.replayed");
        assertThat(north.sync(server, NOON.plusSeconds(4))).isOne();
        assertThat(codeOf(shared.reserve(other, SOUTH, NOON.plusSeconds(5)))).contains("code.replayed");
        assertThat(ledger.events).isEmpty();
    }

    @Test
    @DisplayName("a use that was reserved on line and cannot be confirmed there is reported, and is no conflict")
    void reportsAUseWhoseConfirmationHadNoLine() throws Exception {
        Line line = new Line();
        SiteRedemptions gate = SiteRedemptions.create(line, north);
        assertThat(gate.reserve(TICKET, NORTH, NOON)).isEmpty();
        line.cut = true;
        gate.confirm(TICKET, NORTH, NOON);
        assertThat(shared.unconfirmed(NOON.plusSeconds(1), 9)).hasSize(1);
        assertThat(north.sync(server, NOON.plusSeconds(2))).isOne();
        assertThat(shared.unconfirmed(NOON.plusSeconds(3), 9)).isEmpty();
        assertThat(ledger.events).isEmpty();
    }

    @Test
    void keepsOnLineReservationsThatCannotBeGivenBackForAPerson() throws Exception {
        Line line = new Line();
        SiteRedemptions gate = SiteRedemptions.create(line, north);
        gate.reserve(TICKET, NORTH, NOON);
        line.cut = true;
        assertThatThrownBy(() -> gate.giveBack(TICKET, NORTH)).isInstanceOf(IOException.class);
        assertThat(shared.unconfirmed(NOON.plusSeconds(1), 9)).hasSize(1);
        line.cut = false;
        gate.giveBack(TICKET, NORTH);
        assertThat(shared.unconfirmed(NOON.plusSeconds(1), 9)).isEmpty();
    }

    @Test
    void forgetsNothingThatWasNotReported() throws Exception {
        use(north, TICKET, NORTH, 10);
        Instant later = TICKET.expiresAt().plusSeconds(1);
        assertThat(north.purgeExpiredBefore(later)).isZero();
        north.sync(server, later);
        assertThat(north.purgeExpiredBefore(TICKET.expiresAt())).isZero();
        assertThat(north.purgeExpiredBefore(later)).isOne();
    }

    @Test
    void upgradesTheTablesOfAnEarlierVersion() throws Exception {
        try (Store old = Stores.open(folder.resolve("old.db"))) {
            old.migrate(RedemptionTables.ROOM, RedemptionTables.MIGRATIONS.subList(0, 1));
            old.write(connection -> {
                try (var statement = connection.createStatement()) {
                    return statement.executeUpdate("INSERT INTO redemption VALUES ('k', 'USED', 'north', 1, 2)");
                }
            });
            OfflineRedemptions upgraded = OfflineRedemptions.create(old, RULES);
            assertThat(upgraded.sync(server, NOON)).isOne();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }
}
