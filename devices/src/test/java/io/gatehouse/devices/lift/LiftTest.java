package io.gatehouse.devices.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.alarm.EmergencyPlan;
import io.gatehouse.devices.door.FailMode;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.BoardFault;
import io.gatehouse.devices.sim.building.SimulatedLift;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floor 0 is the way out, 1 the reception, 2 offices, 3 the laboratory. */
class LiftTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));
    private static final Identity.Known VISITOR = known("visitor");
    private static final Identity.Known ANNA = known("anna");
    private static final Map<PersonId, Set<String>> MAY =
            Map.of(VISITOR.person(), Set.of("floor-1"), ANNA.person(), Set.of("floor-1", "floor-2", "floor-3"));

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<LedgerEvent> recorded = new ArrayList<>();
    private boolean ledgerIsDown;

    @Test
    @DisplayName("REG-8 floors by permission, for a while: a visitor only the reception, and everybody the way out")
    void freesTheFloorsThatOnesRulesGrant() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
        LiftReader reader = reader(lift(car, FailMode.FAIL_SECURE));
        assertThat(List.of(car.press(1), car.press(2), car.press(3), car.press(0)))
                .containsExactly(false, false, false, true);

        LiftAnswer visitor = reader.present(VISITOR);

        assertThat(visitor.freed()).containsExactly(PortalId.of("floor-1"));
        assertThat(visitor.decisions().get(PortalId.of("floor-3"))).isInstanceOf(Decision.Denied.class);
        assertThat(List.of(car.press(3), car.press(2), car.press(1))).containsExactly(false, false, true);
        scheduler.advance(Duration.ofSeconds(8));
        assertThat(car.press(1)).as("its time is over").isFalse();

        assertThat(reader.present(ANNA).freed()).hasSize(3);
        assertThat(List.of(car.press(3), car.press(2), car.press(1))).containsExactly(true, true, true);
        assertThat(recorded)
                .extracting(event -> event.kind() + " " + event.facts())
                .containsExactly(
                        "lift.decision {granted=floor-1, lift=north}",
                        "lift.outcome {freed=floor-1, lift=north}",
                        "lift.decision {granted=floor-1,floor-2,floor-3, lift=north}",
                        "lift.outcome {freed=floor-1,floor-2,floor-3, lift=north}");
    }

    @ParameterizedTest
    @EnumSource(FailMode.class)
    @DisplayName(
            "REG-8 in a fire the relays of a lift are without power and no permission moves them, until the reset by hand")
    void neverOverridesFireOperation(FailMode failMode) {
        SimulatedLift car = SimulatedLift.create(failMode, 4);
        Lift lift = lift(car, failMode);
        LiftReader reader = reader(lift);
        EmergencyPlan plan = EmergencyPlan.builder(Runnable::run)
                .door("lift north", lift.fireOperation())
                .build();
        reader.present(ANNA);
        car.press(3);
        car.fire(true);
        assertThat(plan.fire("smoke").unconfirmed()).isEmpty();
        for (int minute = 0; minute < 10; minute++) {
            assertThat(car.isLeftAlone()).isTrue();
            assertThat(reader.present(ANNA).freed()).isEmpty();
            scheduler.advance(Duration.ofMinutes(1));
        }
        assertThat(car.floor()).isZero();
        car.fire(false);
        plan.resetFire(PersonId.of("guard-1"));
        assertThat(car.press(3)).isFalse();
        assertThat(reader.present(ANNA).freed()).hasSize(3);
        assertThat(car.press(3)).isTrue();
    }

    @Test
    @DisplayName("REG-8 a relay that does not answer in a fire is reported and told again until it is without power")
    void tellsADeafRelayAgain() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
        Lift lift = lift(car, FailMode.FAIL_SECURE);
        reader(lift).present(ANNA);
        car.misbehave(BoardFault.DEAF);
        assertThat(lift.fireOperation().release().isDone()).isFalse();
        assertThat(car.isLeftAlone()).isFalse();
        car.misbehave(BoardFault.NONE);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(car.isLeftAlone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FailMode.class)
    void startsInFireOperationWhereAFireLasts(FailMode failMode) {
        SimulatedLift car = SimulatedLift.create(failMode, 4);
        Lift lift = builder(car).failMode(failMode).startInFireOperation(true).build();
        assertThat(car.isLeftAlone()).isTrue();
        assertThat(reader(lift).present(ANNA).freed()).isEmpty();
        lift.fireOperation().reset();
        assertThat(lift.isInFireOperation()).isFalse();
    }

    @Test
    @DisplayName(
            "REG-8 whatever happens: no button is free without a permission in time, and none is touched in a fire")
    void keepsItsPromisesInEverySequence() {
        long seed = new Random().nextLong();
        System.out.println("LiftTest seed " + seed);
        Random random = new Random(seed);
        for (int day = 0; day < 100; day++) {
            SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
            Lift lift = lift(car, FailMode.FAIL_SECURE);
            LiftReader reader = reader(lift);
            long[] freeUntil = {Long.MAX_VALUE, 0, 0, 0};
            boolean fire = false;
            for (int step = 0; step < 60; step++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        Identity.Known who = random.nextBoolean() ? ANNA : VISITOR;
                        reader.present(who);
                        for (int floor = 1; floor < 4 && !fire; floor++) {
                            if (may(who.person()).contains("floor-" + floor)) {
                                freeUntil[floor] = scheduler.nanos()
                                        + Duration.ofSeconds(8).toNanos();
                            }
                        }
                    }
                    case 2 -> {
                        fire = random.nextInt(3) == 0;
                        assertThat((fire
                                                ? lift.fireOperation().release()
                                                : lift.fireOperation().reset())
                                        .isDone())
                                .isTrue();
                        freeUntil = new long[] {Long.MAX_VALUE, 0, 0, 0};
                    }
                    default -> scheduler.advance(Duration.ofNanos(random.nextLong(6_000_000_000L)));
                }
                for (int floor = 0; floor < 4; floor++) {
                    assertThat(car.press(floor))
                            .as("seed %d day %d step %d floor %d", seed, day, step, floor)
                            .isEqualTo(scheduler.nanos() < freeUntil[floor]);
                }
                assertThat(!fire || car.isLeftAlone()).isTrue();
            }
        }
    }

    @Test
    void freesNothingThatCannotBeRecorded() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
        LiftReader reader = reader(lift(car, FailMode.FAIL_SECURE));
        ledgerIsDown = true;
        LiftAnswer answer = reader.present(ANNA);
        assertThat(answer.recorded()).isFalse();
        assertThat(answer.freed()).isEmpty();
        assertThat(car.press(2)).isFalse();
    }

    @Test
    void anErrorInTheRulesIsADenial() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
        LiftReader reader = LiftReader.create(
                lift(car, FailMode.FAIL_SECURE),
                request -> {
                    throw new IllegalStateException("the rules are down");
                },
                recorded::add,
                CLOCK);
        assertThat(reader.present(ANNA).freed()).isEmpty();
        assertThat(car.press(2)).isFalse();
    }

    @Test
    void refusesFloorsThatAreNone() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 4);
        Lift lift = lift(car, FailMode.FAIL_SECURE);
        assertThatIllegalArgumentException().isThrownBy(() -> lift.free(List.of(PortalId.of("floor-9"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lift.builder("north", scheduler).build());
        Portal door = new Portal(PortalId.of("d"), "d", PortalKind.DOOR, ZoneCode.OUTSIDE, ZoneCode.of("hall"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lift.builder("north", scheduler).floor(door, car.relay(1)));
    }

    private Lift lift(SimulatedLift car, FailMode failMode) {
        return builder(car).failMode(failMode).build();
    }

    private Lift.Builder builder(SimulatedLift car) {
        Lift.Builder builder = Lift.builder("north", scheduler).freeTime(Duration.ofSeconds(8));
        for (int floor = 1; floor < 4; floor++) {
            Portal portal = new Portal(
                    PortalId.of("floor-" + floor),
                    "Floor " + floor,
                    PortalKind.LIFT_FLOOR,
                    ZoneCode.of("lift"),
                    ZoneCode.of("zone-" + floor));
            builder.floor(portal, car.relay(floor));
        }
        return builder;
    }

    private LiftReader reader(Lift lift) {
        return LiftReader.create(lift, LiftTest::decide, this::take, CLOCK);
    }

    private void take(LedgerEvent event) throws IOException {
        if (ledgerIsDown) {
            throw new IOException("down");
        }
        recorded.add(event);
    }

    private static Decision decide(AccessRequest request) {
        return may(request.who().person()).contains(request.portal().id().value())
                ? Decision.Granted.by("floors")
                : Decision.Denied.because(Reason.of("permit.no-rule", "No rule lets you go there."));
    }

    private static Set<String> may(PersonId person) {
        return MAY.getOrDefault(person, Set.of());
    }

    private static Identity.Known known(String person) {
        return new Identity.Known(PersonId.of(person), Method.CARD, 1.0, Optional.empty());
    }
}
