package io.gatehouse.codes.redeem;

import static io.gatehouse.codes.redeem.GateSide.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.gate.Redemptions;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.store.Stores;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenReservationsTest {
    private static final PersonId GUARD = PersonId.of("guard-7");
    private static final PortalId NORTH = PortalId.of("north");
    private static final PortalId SOUTH = PortalId.of("south");

    @TempDir
    Path folder;

    private final List<LedgerEvent> events = new ArrayList<>();
    private Store store;
    private JdbcRedemptions redemptions;
    private OpenReservations open;

    @BeforeEach
    void openStore() throws IOException {
        store = Stores.open(folder.resolve("gate.db"));
        redemptions = JdbcRedemptions.create(store);
        open = OpenReservations.create(redemptions, events::add, InstantSource.fixed(NOON.plusSeconds(300)));
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @Test
    @DisplayName(
            "a gate that dies between reservation and confirmation keeps the pass, and lists it when it starts again")
    void keepsAndListsWhatAGateHadReservedWhenItDied() throws Exception {
        store.close();
        Path errors = folder.resolve("errors");
        Process gate = RedeemingProgram.start(errors, "sqlite:" + folder.resolve("gate.db"), "north", 1, true);
        try (BufferedReader out = gate.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            gate.getOutputStream().write('\n');
            gate.getOutputStream().flush();
            assertThat(out.readLine()).isNull();
            assertThat(gate.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(gate.exitValue()).isEqualTo(137);
        } finally {
            gate.destroyForcibly();
        }
        openStore();

        List<Reservation> left = open.list(NOON.plusSeconds(300), 10);
        assertThat(left).containsExactly(new Reservation(GateSide.key("code-0"), NORTH, NOON));
        assertThat(reserve(SOUTH)).contains("code.reserved");

        open.giveBack(left.get(0), GUARD);
        assertThat(open.list(NOON.plusSeconds(300), 10)).isEmpty();
        assertThat(reserve(SOUTH)).isEqualTo("free");
    }

    @Test
    @DisplayName("what a person decides about a reservation is recorded with them before it takes effect")
    void recordsWhoDecided() throws Exception {
        noAnswer();
        Reservation reservation = open.list(NOON.plusSeconds(1), 1).get(0);
        open.confirm(reservation, GUARD);
        assertThat(reserve(SOUTH)).contains("code.replayed");
        LedgerEvent event = events.get(0);
        assertThat(event.kind()).isEqualTo(OpenReservations.SETTLED);
        assertThat(event.person()).hasValue(GUARD);
        assertThat(event.portal()).hasValue(NORTH);
        assertThat(event.facts())
                .containsEntry("pass", "code-0")
                .containsEntry("reserved-at", NOON.toString())
                .containsEntry("decision", "used");
    }

    @Test
    void changesNothingThatCannotBeRecorded() throws Exception {
        noAnswer();
        OpenReservations unrecorded = OpenReservations.create(
                redemptions,
                event -> {
                    throw new IOException("the disk is full");
                },
                InstantSource.fixed(NOON));
        Reservation reservation = open.list(NOON.plusSeconds(1), 1).get(0);
        assertThatThrownBy(() -> unrecorded.giveBack(reservation, GUARD)).isInstanceOf(IOException.class);
        assertThat(open.list(NOON.plusSeconds(1), 1)).containsExactly(reservation);
    }

    @Test
    void doesNotGiveBackWhatTheGateConfirmedMeanwhile() throws Exception {
        noAnswer();
        Reservation reservation = open.list(NOON.plusSeconds(1), 1).get(0);
        redemptions.confirm(reservation.key(), NORTH, NOON);
        open.giveBack(reservation, GUARD);
        assertThat(reserve(SOUTH)).contains("code.replayed");
    }

    @Test
    void listsTheOldestFirstAndNoneThatIsStillGoingOn() throws Exception {
        redemptions.reserve(GateSide.key("b"), NORTH, NOON.plusSeconds(2));
        redemptions.reserve(GateSide.key("a"), NORTH, NOON.plusSeconds(1));
        redemptions.reserve(GateSide.key("c"), NORTH, NOON.plusSeconds(3));
        assertThat(open.list(NOON.plusSeconds(3), 10))
                .extracting(reservation -> reservation.key().value())
                .containsExactly("a", "b");
        assertThat(open.list(NOON.plusSeconds(9), 1)).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> open.list(NOON, 0));
    }

    private void noAnswer() {
        GateSide.gate("north", redemptions, () -> new Actuation.NoAnswer(Reason.of("door.silent", "No answer.")))
                .build()
                .present(GateSide.code("code-0"));
    }

    private String reserve(PortalId portal) throws IOException {
        Redemptions gate = redemptions;
        return gate.reserve(GateSide.key("code-0"), portal, NOON.plusSeconds(400))
                .map(Reason::code)
                .orElse("free");
    }
}
