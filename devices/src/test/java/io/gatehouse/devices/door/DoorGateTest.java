package io.gatehouse.devices.door;

import static io.gatehouse.devices.door.DoorInput.CONTACT;
import static io.gatehouse.devices.door.DoorInput.PASSAGE_IN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.core.gate.Confirmation;
import io.gatehouse.core.gate.Confirmation.Verdict;
import io.gatehouse.core.gate.Gate;
import io.gatehouse.core.gate.Passage;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.devices.card.CardIdentifier;
import io.gatehouse.devices.card.CardKey;
import io.gatehouse.devices.card.CardRegister;
import io.gatehouse.devices.sim.building.DoorFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A gate whose proof of passage is the door's: what the sensor saw is what the gate says. */
class DoorGateTest {
    private static final CardEvidence CARD = new CardEvidence("H10301", 1, 2, DoorHouse.START, "front reader");

    private final DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, PASSAGE_IN);

    @Test
    void somebodyWhoWalksThroughHasPassed() throws Exception {
        CompletableFuture<Passage> passage = present();
        assertThat(house.hands.push()).isTrue();
        house.hands.walk(Direction.ENTRY);
        house.heard();
        assertThat(verdict(passage)).isEqualTo(Verdict.CONFIRMED);
    }

    @Test
    void somebodyWhoGoesAwayHasNot() throws Exception {
        CompletableFuture<Passage> passage = present();
        house.later(Duration.ofSeconds(4));
        assertThat(verdict(passage)).isEqualTo(Verdict.NOT_PASSED);
    }

    @Test
    void aSensorThatIsCutLeavesItUnknown() throws Exception {
        CompletableFuture<Passage> passage = present();
        house.hands.wire(PASSAGE_IN, InputState.CUT);
        house.later(Duration.ofSeconds(4));
        assertThat(verdict(passage)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aDoorInReleaseCountsNobody() throws Exception {
        house.door.release();
        assertThat(gate().present(CARD).passed()).contains(Verdict.UNKNOWN);
    }

    @Test
    void aDoorThatRefusesLetsNobodyPass() throws Exception {
        house.door.lockDown("intruder");
        Passage passage = gate().present(CARD);
        assertThat(passage.isOpened()).isFalse();
        assertThat(passage.passed()).contains(Verdict.NOT_PASSED);
    }

    @Test
    void aBoardThatIsSilentIsJudgedByTheSensor() throws Exception {
        house.hands.misbehave(DoorFault.MUTE);
        CompletableFuture<Passage> passage = present();
        house.hands.push();
        house.hands.walk(Direction.ENTRY);
        house.heard();
        assertThat(verdict(passage)).isEqualTo(Verdict.CONFIRMED);
    }

    private CompletableFuture<Passage> present() {
        Gate gate = gate();
        CompletableFuture<Passage> passage = CompletableFuture.supplyAsync(() -> gate.present(CARD));
        Awaitility.await().until(() -> !house.told(DoorEvent.Kind.UNLOCKED).isEmpty());
        return passage;
    }

    private static Verdict verdict(CompletableFuture<Passage> passage) throws Exception {
        return passage.get(30, TimeUnit.SECONDS).passed().orElseThrow();
    }

    private Gate gate() {
        Portal portal =
                new Portal(PortalId.of("front"), "Front", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
        DoorSide side = house.door.side(Direction.ENTRY);
        return Gate.builder(portal, Direction.ENTRY)
                .cards(CardIdentifier.create(CardRegister.of(Map.of(new CardKey("H10301", 1, 2), PersonId.of("anna")))))
                .decider(request -> new Decision.Granted(List.of("staff"), List.of()))
                .driver(side)
                .confirmation(Confirmation.bySensor(side))
                .ledger(event -> {})
                .build();
    }
}
