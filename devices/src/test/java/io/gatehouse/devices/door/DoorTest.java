package io.gatehouse.devices.door;

import static io.gatehouse.devices.door.DoorInput.BOLT;
import static io.gatehouse.devices.door.DoorInput.CONTACT;
import static io.gatehouse.devices.door.DoorInput.DURESS;
import static io.gatehouse.devices.door.DoorInput.EXIT_BUTTON;
import static io.gatehouse.devices.door.DoorInput.PASSAGE;
import static io.gatehouse.devices.door.DoorInput.PASSAGE_IN;
import static io.gatehouse.devices.door.DoorInput.PASSAGE_OUT;
import static io.gatehouse.devices.door.DoorInput.TAMPER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.devices.door.DoorEvent.Kind;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.building.DoorFault;
import io.gatehouse.devices.sim.building.SimulatedDoor;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(400);
    private static final DoorState LOCKED = new DoorState.Locked();

    @Test
    void unlocksForATicketAndLocksWhenItsTimeIsOver() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT);
        assertThat(house.door.open().isDone()).isTrue();
        assertThat(house.door.state()).isEqualTo(new DoorState.Unlocked(DoorHouse.START.plusSeconds(3)));
        house.later(Duration.ofSeconds(3).minusNanos(1));
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofNanos(1));
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(house.door.state()).isEqualTo(LOCKED);
        house.later(SECOND);
        assertThat(house.kinds()).containsExactly(Kind.UNLOCKED, Kind.NOT_PASSED);
    }

    @Test
    void locksBehindTheOneWhoPassedAndNotBeforeTheLeafIsAtRest() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, PASSAGE_IN);
        house.door.open();
        assertThat(house.hands.push()).isTrue();
        house.hands.walk(Direction.ENTRY);
        house.hands.shut();
        house.heard();
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(MOMENT);
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(house.kinds()).containsExactly(Kind.UNLOCKED, Kind.PASSED);
    }

    @Test
    void staysUnlockedForSomebodyWhoOnlyLookedIn() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, PASSAGE_IN);
        house.door.open();
        house.hands.push();
        house.hands.shut();
        house.later(SECOND);
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofSeconds(3));
        assertThat(house.told(Kind.NOT_PASSED))
                .singleElement()
                .satisfies(event -> assertThat(event.facts()).containsEntry("certain", "true"));
    }

    @Test
    @DisplayName("a second person behind one ticket is noticed, two people with two tickets are not")
    void noticesTailgating() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, PASSAGE_IN);
        house.door.open();
        house.door.open();
        house.hands.push();
        house.hands.walk(Direction.ENTRY);
        house.hands.walk(Direction.ENTRY);
        house.heard();
        assertThat(house.told(Kind.TAILGATING)).isEmpty();
        house.hands.walk(Direction.ENTRY);
        house.heard();
        assertThat(house.told(Kind.TAILGATING)).hasSize(1);
        assertThat(house.told(Kind.PASSED)).hasSize(2);
    }

    @Test
    @DisplayName("a contact that bounces uses up no second ticket")
    void aBouncingContactIsOneOpening() {
        DoorHouse house = DoorHouse.of(Egress.SENSED_HANDLE, CONTACT, EXIT_BUTTON);
        house.door.open();
        house.door.open();
        house.hands.push();
        for (int bounce = 0; bounce < 5; bounce++) {
            house.later(Duration.ofMillis(3));
            house.hands.set(CONTACT, false);
            house.later(Duration.ofMillis(3));
            house.hands.set(CONTACT, true);
        }
        house.later(Duration.ofSeconds(4));
        assertThat(house.told(Kind.PASSED)).hasSize(1);
        assertThat(house.told(Kind.FORCED_OPEN)).isEmpty();
        house.hands.shut();
        house.later(MOMENT);
        assertThat(house.told(Kind.NOT_PASSED))
                .as("whether the second went in with the first nobody can say")
                .singleElement()
                .satisfies(event -> assertThat(event.facts()).containsEntry("certain", "false"));
    }

    @Test
    void whoGoesOutNeedsNoTicketAndDoesNotUseUpOne() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, PASSAGE_IN, PASSAGE_OUT);
        house.door.open();
        house.hands.push();
        house.hands.walk(Direction.EXIT);
        house.hands.walk(Direction.ENTRY);
        house.heard();
        assertThat(house.told(Kind.TAILGATING)).isEmpty();
        assertThat(house.told(Kind.PASSED)).hasSize(1);
    }

    @Test
    void aSensorThatCannotTellTheWayKnowsWhoWasLeavingByTheButton() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON, PASSAGE);
        house.hands.set(EXIT_BUTTON, true);
        house.hands.set(EXIT_BUTTON, false);
        house.heard();
        assertThat(house.hands.push()).isTrue();
        house.hands.walk(Direction.EXIT);
        house.heard();
        assertThat(house.kinds()).containsExactly(Kind.EXIT);
    }

    @Test
    void anOpenLeafThatNobodyUnlockedIsForcedUntilItIsShut() {
        DoorHouse house = DoorHouse.of(Egress.SENSED_HANDLE, CONTACT, EXIT_BUTTON);
        house.hands.force();
        house.heard();
        assertThat(house.door.state()).isEqualTo(new DoorState.ForcedOpen(DoorHouse.START));
        house.later(Duration.ofMinutes(1));
        house.hands.shut();
        house.heard();
        assertThat(house.door.state()).isEqualTo(LOCKED);
        assertThat(house.kinds()).containsExactly(Kind.FORCED_OPEN, Kind.CLOSED);
    }

    @Test
    void aLeafThatStaysOpenIsHeldUntilItIsShut() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT);
        house.door.open();
        house.hands.push();
        house.later(Duration.ofSeconds(19));
        assertThat(house.told(Kind.HELD_OPEN)).isEmpty();
        house.later(SECOND);
        assertThat(house.door.state()).isEqualTo(new DoorState.HeldOpen(DoorHouse.START));
        assertThat(house.door.isSecure()).isFalse();
        house.hands.shut();
        house.heard();
        assertThat(house.door.isSecure()).isTrue();
        assertThat(house.kinds()).containsExactly(Kind.UNLOCKED, Kind.PASSED, Kind.HELD_OPEN, Kind.CLOSED);
    }

    @Test
    @DisplayName("the exit button opens, for as long as it is held, under lockdown and with a locked partner")
    void theExitButtonAlwaysOpens() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.door.lockDown("intruder");
        house.hands.set(EXIT_BUTTON, true);
        house.heard();
        for (int second = 0; second < 60; second++) {
            assertThat(house.hands.isUnlocked()).isTrue();
            house.later(SECOND);
        }
        house.hands.set(EXIT_BUTTON, false);
        house.later(Duration.ofSeconds(5));
        assertThat(house.hands.isUnlocked()).isFalse();
    }

    @Test
    void aTicketThatExpiresDoesNotLockOutWhoIsLeaving() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.door.open();
        house.later(Duration.ofSeconds(2));
        house.hands.set(EXIT_BUTTON, true);
        house.hands.set(EXIT_BUTTON, false);
        house.heard();
        house.door.open();
        house.later(Duration.ofSeconds(4));
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofSeconds(1));
        assertThat(house.hands.isUnlocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = InputState.class,
            names = {"CUT", "SHORT"})
    @DisplayName("an exit button that is cut or short counts as pressed, until it is repaired")
    void aBrokenExitButtonLeavesTheDoorOpen(InputState broken) {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.hands.wire(EXIT_BUTTON, broken);
        house.later(Duration.ofMinutes(10));
        assertThat(house.hands.isUnlocked()).isTrue();
        assertThat(house.told(Kind.INPUT_FAULT))
                .singleElement()
                .satisfies(event -> assertThat(event.facts())
                        .isEqualTo(
                                Map.of("input", "exit-button", "state", broken == InputState.CUT ? "cut" : "short")));
        house.hands.wire(EXIT_BUTTON, InputState.NORMAL);
        house.later(Duration.ofSeconds(6));
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(house.told(Kind.INPUT_REPAIRED)).hasSize(1);
    }

    @Test
    @DisplayName("a lock that does not answer the exit button is told again while somebody may be waiting")
    void anExitIsToldAgain() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.hands.misbehave(DoorFault.DEAF);
        house.hands.set(EXIT_BUTTON, true);
        house.hands.set(EXIT_BUTTON, false);
        house.later(Duration.ofSeconds(2));
        assertThat(house.told(Kind.UNCONFIRMED)).hasSize(1);
        house.hands.misbehave(DoorFault.NONE);
        house.later(SECOND);
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofSeconds(2));
        assertThat(house.hands.isUnlocked()).isFalse();
    }

    @Test
    @DisplayName("an unlocking that was not answered is never repeated, however long the link is lost")
    void aTicketIsNeverToldAgain() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.hands.misbehave(DoorFault.DEAF);
        assertThat(house.door.open()).isInstanceOf(Actuation.NoAnswer.class);
        house.later(Duration.ofSeconds(1));
        house.hands.misbehave(DoorFault.NONE);
        for (int step = 0; step < 600; step++) {
            house.later(Duration.ofMillis(100));
            assertThat(house.hands.isUnlocked()).isFalse();
        }
        assertThat(house.door.state()).isEqualTo(LOCKED);
    }

    @Test
    void aRefusedUnlockingGivesNoTicket() {
        DoorHouse house = DoorHouse.of(Egress.SENSED_HANDLE, CONTACT, EXIT_BUTTON);
        house.hands.misbehave(DoorFault.REFUSING);
        assertThat(house.door.open()).isInstanceOf(Actuation.Failed.class);
        house.hands.force();
        house.heard();
        assertThat(house.kinds()).containsExactly(Kind.UNCONFIRMED, Kind.FORCED_OPEN);
    }

    @Test
    @DisplayName("lockdown refuses who wants in and ends their tickets, but not who wants out")
    void lockdownKeepsOutAndNeverIn() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.door.open();
        assertThat(house.door.lockDown("intruder").isDone()).isTrue();
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(code(house.door.open())).isEqualTo("door.lockdown");
        assertThat(house.door.side(Direction.EXIT).open().isDone()).isTrue();
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofSeconds(4));
        house.door.endLockDown();
        assertThat(house.door.open().isDone()).isTrue();
    }

    @Test
    @DisplayName("REG-11 fire releases a door that is locked down; after the reset it is locked down still")
    void fireOutranksLockdown() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.door.lockDown("intruder");
        house.door.release();
        house.later(Duration.ofHours(1));
        assertThat(house.hands.isUnlocked()).isTrue();
        house.door.lockDown("again");
        assertThat(house.hands.isUnlocked()).isTrue();
        house.door.reset();
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(code(house.door.open())).isEqualTo("door.lockdown");
    }

    @Test
    @DisplayName("REG-11 a reset does not lock out who is leaving by the button at that moment")
    void aResetWaitsForWhoIsLeaving() {
        DoorHouse house = DoorHouse.of(Egress.BUTTON, CONTACT, EXIT_BUTTON);
        house.door.release();
        house.hands.set(EXIT_BUTTON, true);
        house.heard();
        house.door.reset();
        assertThat(house.hands.isUnlocked()).isTrue();
        house.hands.set(EXIT_BUTTON, false);
        house.later(Duration.ofSeconds(6));
        assertThat(house.hands.isUnlocked()).isFalse();
    }

    @Test
    void whatIsOpenDuringAReleaseIsNeitherForcedNorHeldNorTailgating() {
        DoorHouse house = DoorHouse.of(Egress.SENSED_HANDLE, CONTACT, EXIT_BUTTON, PASSAGE_IN);
        house.door.release();
        house.hands.push();
        house.hands.walk(Direction.ENTRY);
        house.later(Duration.ofHours(1));
        assertThat(house.kinds()).containsExactly(Kind.RELEASED);
        house.door.reset();
        house.later(Duration.ofSeconds(20));
        assertThat(house.kinds()).containsExactly(Kind.RELEASED, Kind.RESET, Kind.HELD_OPEN);
    }

    @Test
    void aBoltThatDoesNotMoveIsJammed() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT, BOLT);
        house.hands.misbehave(DoorFault.STUCK);
        house.door.open();
        house.later(MOMENT);
        assertThat(house.door.state()).isInstanceOf(DoorState.Jammed.class);
        assertThat(house.hands.push()).isFalse();
        house.later(Duration.ofSeconds(3));
        house.hands.misbehave(DoorFault.NONE);
        house.hands.shut();
        house.later(MOMENT);
        assertThat(house.door.state()).isEqualTo(LOCKED);
        assertThat(house.kinds()).containsSubsequence(Kind.UNLOCKED, Kind.JAMMED, Kind.FREED);
    }

    @Test
    void reportsTamperAndDuress() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, TAMPER, DURESS);
        house.hands.set(DURESS, true);
        house.hands.wire(TAMPER, InputState.CUT);
        house.heard();
        assertThat(house.kinds()).containsExactly(Kind.DURESS, Kind.INPUT_FAULT, Kind.TAMPER);
    }

    @Test
    void aContactThatIsCutMakesTheDoorNotSecureAndNotForced() {
        DoorHouse house = DoorHouse.of(Egress.SENSED_HANDLE, CONTACT, EXIT_BUTTON);
        assertThat(house.door.isSecure()).isTrue();
        house.hands.wire(CONTACT, InputState.CUT);
        house.heard();
        assertThat(house.door.isSecure()).isFalse();
        assertThat(house.kinds()).containsExactly(Kind.INPUT_FAULT);
    }

    @Test
    @DisplayName("a board that lost its power is told again what is safe")
    void tellsAgainWhatIsSafe() {
        DoorHouse house = DoorHouse.of(
                new ManualScheduler(), FailMode.FAIL_SAFE, Egress.PLAIN_HANDLE, DoorOptions.standard(), CONTACT);
        house.hands.power(false);
        assertThat(house.hands.isUnlocked()).isTrue();
        house.later(Duration.ofSeconds(5));
        assertThat(house.hands.isUnlocked()).isFalse();
    }

    @Test
    @DisplayName("a board that keeps the time locks by itself when this program is gone")
    void aTimedBoardLocksAlone() {
        ManualScheduler ours = new ManualScheduler();
        ManualScheduler boards = new ManualScheduler();
        SimulatedDoor hands = SimulatedDoor.timed(FailMode.FAIL_SECURE, Runnable::run, boards);
        DoorHouse house =
                DoorHouse.of("front", ours, hands, FailMode.FAIL_SECURE, Egress.PLAIN_HANDLE, DoorOptions.standard());
        house.door.open();
        boards.advance(Duration.ofMillis(2_999));
        assertThat(hands.isUnlocked()).isTrue();
        boards.advance(Duration.ofMillis(1));
        assertThat(hands.isUnlocked()).isFalse();
    }

    @Test
    @DisplayName("the watchdog: while the timer is late nobody is let in, and what should be locked is locked")
    void refusesWhileTheTimerIsLate() {
        long[] now = {0};
        ManualScheduler scheduler = new ManualScheduler();
        SimulatedDoor hands = DoorHouse.hands(FailMode.FAIL_SECURE, scheduler);
        Door door = Door.builder(PortalId.of("front"), hands.relay(), Egress.BUTTON, scheduler)
                .inputs(EXIT_BUTTON)
                .nanoTime(() -> now[0])
                .build();
        assertThat(door.open().isDone()).isTrue();
        now[0] = Duration.ofSeconds(16).toNanos();
        assertThat(code(door.open())).isEqualTo("door.timer-late");
        door.sense(EXIT_BUTTON, InputState.ACTIVE);
        assertThat(hands.isUnlocked())
                .as("who wants out is let out all the same")
                .isTrue();
    }

    @Test
    void locksAtTheNextEventIfItsTimerNeverCame() {
        long[] now = {0};
        ManualScheduler scheduler = new ManualScheduler();
        SimulatedDoor hands = DoorHouse.hands(FailMode.FAIL_SECURE, scheduler);
        Door door = Door.builder(PortalId.of("front"), hands.relay(), Egress.PLAIN_HANDLE, scheduler)
                .inputs(CONTACT)
                .nanoTime(() -> now[0])
                .build();
        door.open();
        now[0] = Duration.ofSeconds(60).toNanos();
        door.sense(CONTACT, InputState.NORMAL);
        assertThat(hands.isUnlocked()).isFalse();
    }

    @Test
    void startsReleasedWhereAnAlarmLasts() {
        ManualScheduler scheduler = new ManualScheduler();
        SimulatedDoor hands = DoorHouse.hands(FailMode.FAIL_SAFE, scheduler);
        Door door = Door.builder(PortalId.of("front"), hands.relay(), Egress.PLAIN_HANDLE, scheduler)
                .failMode(FailMode.FAIL_SAFE)
                .startReleased(true)
                .build();
        assertThat(door.state()).isEqualTo(new DoorState.Released(true));
        assertThat(hands.isUnlocked()).isTrue();
    }

    @Test
    void aClosedDoorIsLockedAndSaysSo() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT);
        house.door.open();
        house.close();
        assertThat(house.hands.isUnlocked()).isFalse();
        assertThat(code(house.door.open())).isEqualTo("door.closed");
        house.heard();
        assertThat(house.scheduler.waiting()).isZero();
        assertThat(house.door.release().isDone()).isTrue();
    }

    @Test
    void aListenerThatThrowsStopsNothing() {
        ManualScheduler scheduler = new ManualScheduler();
        SimulatedDoor hands = DoorHouse.hands(FailMode.FAIL_SECURE, scheduler);
        Door door = Door.builder(PortalId.of("front"), hands.relay(), Egress.PLAIN_HANDLE, scheduler)
                .listener(event -> {
                    throw new IllegalStateException("broken");
                })
                .nanoTime(scheduler::nanos)
                .build();
        assertThat(door.open().isDone()).isTrue();
        scheduler.advance(Duration.ofSeconds(3));
        assertThat(hands.isUnlocked()).isFalse();
    }

    @Test
    void thereIsNoDoorWithoutAWayOut() {
        ManualScheduler scheduler = new ManualScheduler();
        DoorBuilder builder = Door.builder(PortalId.of("front"), on -> new Actuation.Done(), Egress.BUTTON, scheduler);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("EXIT_BUTTON");
    }

    @Test
    void refusesAnInputThatIsNotWired() {
        DoorHouse house = DoorHouse.of(Egress.PLAIN_HANDLE, CONTACT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> house.door.sense(TAMPER, InputState.ACTIVE))
                .withMessageContaining("TAMPER");
    }

    static String code(Actuation actuation) {
        return actuation.fold(
                () -> "done",
                failed -> failed.reason().code(),
                silent -> silent.reason().code());
    }
}
