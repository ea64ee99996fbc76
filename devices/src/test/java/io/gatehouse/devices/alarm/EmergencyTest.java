package io.gatehouse.devices.alarm;

import static io.gatehouse.devices.door.DoorInput.CONTACT;
import static io.gatehouse.devices.door.DoorInput.EXIT_BUTTON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.devices.door.Door;
import io.gatehouse.devices.door.DoorState;
import io.gatehouse.devices.door.Egress;
import io.gatehouse.devices.door.FailMode;
import io.gatehouse.devices.door.InputState;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.lift.Lift;
import io.gatehouse.devices.sim.building.SimulatedDoor;
import io.gatehouse.devices.sim.building.SimulatedFirePanel;
import io.gatehouse.devices.sim.building.SimulatedLift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Doors, a fire panel, a button under a desk and a guard, with nothing else: no rules, no network, no database. */
class EmergencyTest {
    private static final PersonId GUARD = PersonId.of("guard-1");

    private final Path folder;
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<LedgerEvent> recorded = new ArrayList<>();
    private final SimulatedDoor front = SimulatedDoor.create(FailMode.FAIL_SECURE, scheduler);
    private final SimulatedDoor stairs = SimulatedDoor.create(FailMode.FAIL_SAFE, scheduler);
    private final SimulatedDoor garage = SimulatedDoor.create(FailMode.FAIL_SECURE, scheduler);
    private Door frontDoor = door("front", front, FailMode.FAIL_SECURE, false);
    private Door stairsDoor = door("stairs", stairs, FailMode.FAIL_SAFE, false);
    private Door garageDoor = door("garage", garage, FailMode.FAIL_SECURE, false);
    private final EmergencyPlan plan;

    EmergencyTest(@TempDir Path folder) {
        this.folder = folder;
        this.plan = plan();
    }

    @Test
    @DisplayName("REG-11 REG-8 fire in one group releases its doors and no others, until it is reset by hand")
    void aGroupReleasesItsDoors() {
        assertThat(plan.fire("house", "smoke").answers()).containsOnlyKeys("front", "stairs");
        scheduler.advance(Duration.ofHours(1));
        assertThat(unlocked()).containsExactly(true, true, false);
        assertThat(plan.resetFire("garages", GUARD).unconfirmed()).isEmpty();
        assertThat(unlocked()).containsExactly(true, true, false);
        assertThat(plan.resetFire("house", GUARD).unconfirmed()).isEmpty();
        assertThat(unlocked()).containsExactly(false, false, false);
    }

    @Test
    void fireInAGroupThatIsNotKnownIsFireEverywhere() {
        plan.fire("attic", "smoke");
        assertThat(unlocked()).containsExactly(true, true, true);
    }

    @Test
    @DisplayName("REG-11 violence locks down, releases or leaves each door as configured, and traps nobody")
    void violenceIsNotFire() {
        garageDoor.open();
        AlarmReport report = plan.violence("button under the desk");
        assertThat(report.answers()).containsOnlyKeys("front", "stairs");
        assertThat(unlocked()).as("down, released, left alone").containsExactly(false, true, true);
        assertThat(frontDoor.open()).isInstanceOf(Actuation.Failed.class);
        front.set(EXIT_BUTTON, true);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(front.isUnlocked()).isTrue();
        front.set(EXIT_BUTTON, false);
        scheduler.advance(Duration.ofMinutes(1));
        plan.endViolence(GUARD);
        assertThat(unlocked()).containsExactly(false, false, false);
        assertThat(frontDoor.open().isDone()).isTrue();
    }

    @Test
    @DisplayName(
            "REG-11 fire stands above violence, whichever comes first; the lockdown is there again when the fire is over")
    void fireStandsAboveViolence() {
        plan.violence("shots");
        plan.fire("smoke");
        assertThat(unlocked()).containsExactly(true, true, true);
        AlarmReport again = plan.violence("more shots");
        assertThat(again.unconfirmed()).containsExactly("front");
        assertThat(unlocked()).containsExactly(true, true, true);
        plan.resetFire(GUARD);
        assertThat(unlocked()).containsExactly(false, true, false);
        assertThat(frontDoor.isLockedDown()).isTrue();
        plan.endViolence(GUARD);
        assertThat(frontDoor.isLockedDown()).isFalse();
    }

    @Test
    @DisplayName("REG-11 a guard's override works under lockdown, is recorded with the guard, and ends no fire")
    void manualOverrideAlwaysWorksAndIsRecorded() {
        plan.violence("shots");
        plan.release("front", GUARD, "let the police in");
        assertThat(front.isUnlocked()).isTrue();
        plan.fire("smoke");
        assertThat(plan.restore("front", GUARD).unconfirmed()).containsExactly("front");
        assertThat(front.isUnlocked()).isTrue();
        plan.resetFire(GUARD);
        assertThat(front.isUnlocked()).isFalse();
        assertThat(recorded)
                .extracting(event -> event.kind().value())
                .containsExactly("alarm.violence", "alarm.override", "alarm.fire", "alarm.reset", "alarm.reset");
        LedgerEvent override = recorded.get(1);
        assertThat(override.person()).contains(GUARD);
        assertThat(override.facts()).containsEntry("scope", "front").containsEntry("cause", "let the police in");
    }

    @Test
    @DisplayName(
            "REG-11 whatever is raised and ended, over restarts too: fire and a guard release, violence locks down, and"
                    + " the way out is open")
    void keepsItsPromisesInEverySequence() {
        long seed = new Random().nextLong();
        System.out.println("EmergencyTest seed " + seed);
        Random random = new Random(seed);
        EmergencyPlan running = plan;
        Set<String> raised = new HashSet<>();
        for (int step = 0; step < 300; step++) {
            String what = List.of("*", "house", "garages", "violence", "front", "garage")
                    .get(random.nextInt(6));
            boolean raise = random.nextInt(3) == 0;
            switch (what) {
                case "violence" -> report(raise ? running.violence("shots") : running.endViolence(GUARD));
                case "front", "garage" ->
                    report(raise ? running.release(what, GUARD, "by hand") : running.restore(what, GUARD));
                case "*" -> {
                    report(raise ? running.fire("smoke") : running.resetFire(GUARD));
                    if (!raise) {
                        raised.removeAll(Set.of("house", "garages"));
                    }
                }
                default -> report(raise ? running.fire(what, "smoke") : running.resetFire(what, GUARD));
            }
            if (raise) {
                raised.add(what);
            } else {
                raised.remove(what);
            }
            if (random.nextInt(20) == 0) {
                running = plan();
            }
            boolean fire = raised.contains("*");
            boolean house = fire || raised.contains("house");
            boolean violence = raised.contains("violence");
            assertThat(unlocked())
                    .as("seed %d step %d: %s", seed, step, raised)
                    .containsExactly(
                            house || raised.contains("front"),
                            house || violence,
                            fire || raised.contains("garages") || raised.contains("garage"));
            if (!front.isUnlocked()) {
                assertThat(frontDoor.isLockedDown()).isEqualTo(violence);
                front.set(EXIT_BUTTON, true);
                scheduler.advance(Duration.ZERO);
                assertThat(front.isUnlocked())
                        .as("seed %d step %d: way out", seed, step)
                        .isTrue();
                front.set(EXIT_BUTTON, false);
                scheduler.advance(Duration.ofSeconds(6));
            }
        }
    }

    private static void report(AlarmReport report) {
        assertThat(report.durable()).isTrue();
    }

    @Test
    @DisplayName("REG-11 a recorder that fails stops no door")
    void aRecorderThatFailsStopsNothing() {
        EmergencyPlan broken = EmergencyPlan.builder(Runnable::run)
                .door(frontDoor, ViolenceAction.LOCK_DOWN)
                .recorder(event -> {
                    throw new IllegalStateException("the database is down");
                })
                .build();
        assertThat(broken.release("front", GUARD, "by hand").unconfirmed()).isEmpty();
        assertThat(front.isUnlocked()).isTrue();
    }

    @Test
    @DisplayName(
            "REG-11 what is latched lasts over a restart: doors that are built anew start released, and are released")
    void lastsOverARestart() {
        assertThat(plan.fire("house", "smoke").durable()).isTrue();
        AlarmLatch latch = AlarmLatch.file(folder.resolve("latch"));
        frontDoor = door("front", front, FailMode.FAIL_SECURE, latch.isFire("house"));
        assertThat(front.isUnlocked()).isTrue();
        stairsDoor = door("stairs", stairs, FailMode.FAIL_SAFE, false);
        assertThat(stairs.isUnlocked()).as("not asked, it starts locked").isFalse();
        garageDoor = door("garage", garage, FailMode.FAIL_SECURE, latch.isFire("garages"));

        EmergencyPlan next = plan();

        assertThat(unlocked()).containsExactly(true, true, false);
        assertThat(next.latched()).extracting(Alarm::cause).containsExactly("smoke");
        next.resetFire(GUARD);
        assertThat(unlocked()).containsExactly(false, false, false);
        assertThat(plan().latched()).isEmpty();
    }

    @Test
    @DisplayName("REG-11 a latch that cannot be read counts as fire everywhere")
    void aDamagedLatchIsFire() throws IOException {
        Files.writeString(folder.resolve("latch"), "calm");
        EmergencyPlan next = plan();
        assertThat(unlocked()).containsExactly(true, true, true);
        assertThat(next.latched()).extracting(Alarm::kind).containsExactly(Alarm.Kind.FIRE);
        next.resetFire(GUARD);
        assertThat(plan().latched()).isEmpty();
    }

    @Test
    @DisplayName("REG-11 a disk that takes nothing delays no release, and the report says that it will not last")
    void aFullDiskDelaysNothing() {
        EmergencyPlan unlatched = EmergencyPlan.builder(Runnable::run)
                .latch(AlarmLatch.file(folder.resolve("missing").resolve("latch")))
                .door(frontDoor, ViolenceAction.LOCK_DOWN)
                .build();
        AlarmReport report = unlatched.fire("smoke");
        assertThat(report.unconfirmed()).isEmpty();
        assertThat(report.durable()).isFalse();
        assertThat(front.isUnlocked()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = InputState.class, mode = EnumSource.Mode.EXCLUDE, names = "NORMAL")
    @DisplayName("REG-8 the fire panel releases: by its contact, and by a wire that is cut or short")
    void anActiveOrBrokenInputIsFire(InputState state) {
        SimulatedFirePanel panel = SimulatedFirePanel.create();
        try (FireInput input = input(panel, LostInput.ALARM)) {
            assertThat(unlocked()).containsExactly(false, false, false);
            if (state == InputState.ACTIVE) {
                panel.alarm();
            } else {
                panel.breakWire(state);
            }
            panel.poll(input::sense);
            assertThat(unlocked()).containsExactly(true, true, false);
            assertThat(plan.resetFire(GUARD).unconfirmed())
                    .as("while the panel says so, nobody can reset")
                    .containsExactly("front", "stairs");
            assertThat(unlocked()).containsExactly(true, true, false);
            panel.reset();
            panel.poll(input::sense);
            assertThat(unlocked()).as("the panel ends nothing").containsExactly(true, true, false);
            plan.resetFire(GUARD);
            assertThat(unlocked()).containsExactly(false, false, false);
        }
    }

    @Test
    @DisplayName("REG-8 a fire input that falls silent is fire; one that goes on saying normal is not")
    void aSilentInputIsFire() {
        SimulatedFirePanel panel = SimulatedFirePanel.create();
        try (FireInput input = input(panel, LostInput.ALARM)) {
            for (int second = 0; second < 60; second++) {
                scheduler.advance(Duration.ofSeconds(1));
                panel.poll(input::sense);
            }
            assertThat(unlocked()).containsExactly(false, false, false);
            scheduler.advance(Duration.ofSeconds(5));
            assertThat(unlocked()).containsExactly(true, true, false);
        }
    }

    @Test
    void aLostInputIsAFaultWhereItIsConfiguredSo() {
        SimulatedFirePanel panel = SimulatedFirePanel.create();
        try (FireInput input = input(panel, LostInput.FAULT)) {
            panel.breakWire(InputState.SHORT);
            panel.poll(input::sense);
            assertThat(unlocked()).containsExactly(false, false, false);
            assertThat(recorded).extracting(event -> event.kind().value()).containsExactly("alarm.input-fault");
            panel.reset();
            panel.alarm();
            panel.poll(input::sense);
            assertThat(unlocked()).containsExactly(true, true, false);
        }
    }

    @Test
    @DisplayName(
            "REG-8 doors, lift and fire alarm act together: one contact releases the doors and leaves the lift alone")
    void doorsAndLiftActTogether() {
        SimulatedLift car = SimulatedLift.create(FailMode.FAIL_SECURE, 2);
        Portal floor = new Portal(
                PortalId.of("floor-1"), "1", PortalKind.LIFT_FLOOR, ZoneCode.of("lift"), ZoneCode.of("offices"));
        Lift lift = Lift.builder("north", scheduler).floor(floor, car.relay(1)).build();
        EmergencyPlan together = EmergencyPlan.builder(Runnable::run)
                .door(frontDoor, ViolenceAction.LOCK_DOWN)
                .door("lift north", lift.fireOperation())
                .build();
        lift.free(List.of(floor.id()));
        assertThat(car.press(1)).isTrue();
        SimulatedFirePanel panel = SimulatedFirePanel.create();
        try (FireInput input = FireInput.open(
                together,
                EmergencyPlanBuilder.DEFAULT_GROUP,
                LostInput.ALARM,
                Duration.ofSeconds(5),
                scheduler,
                scheduler::nanos)) {
            panel.alarm();
            panel.poll(input::sense);
            assertThat(front.isUnlocked()).isTrue();
            assertThat(car.isLeftAlone()).isTrue();
            assertThat(lift.free(List.of(floor.id())).get(floor.id())).isInstanceOf(Actuation.Failed.class);
            panel.reset();
            panel.poll(input::sense);
            together.resetFire(GUARD);
            assertThat(front.isUnlocked()).isFalse();
            assertThat(lift.isInFireOperation()).isFalse();
        }
    }

    @Test
    @DisplayName("REG-8 the wire from the panel to the lock opens a fail-safe door without any program")
    void theHardWiredReleaseNeedsNoProgram() {
        assertThat(stairs.isUnlocked()).isFalse();
        stairs.power(false);
        assertThat(stairs.isUnlocked()).isTrue();
    }

    @Test
    void refusesWhatNoPlanCanDo() {
        EmergencyPlanBuilder builder = EmergencyPlan.builder(Runnable::run);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.group("*"));
        assertThatIllegalArgumentException().isThrownBy(() -> plan.release("nowhere", GUARD, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FireInput.open(plan, "attic", Duration.ofSeconds(1), scheduler));
    }

    private List<Boolean> unlocked() {
        return List.of(front.isUnlocked(), stairs.isUnlocked(), garage.isUnlocked());
    }

    private FireInput input(SimulatedFirePanel panel, LostInput onLost) {
        FireInput input = FireInput.open(plan, "house", onLost, Duration.ofSeconds(5), scheduler, scheduler::nanos);
        panel.poll(input::sense);
        return input;
    }

    private EmergencyPlan plan() {
        return EmergencyPlan.builder(Runnable::run)
                .latch(AlarmLatch.file(folder.resolve("latch")))
                .clock(() -> Instant.EPOCH.plusNanos(scheduler.nanos()))
                .recorder(recorded::add)
                .group("house")
                .door(frontDoor, ViolenceAction.LOCK_DOWN)
                .door(stairsDoor, ViolenceAction.RELEASE)
                .group("garages")
                .door(garageDoor, ViolenceAction.LEAVE)
                .build();
    }

    private Door door(String name, SimulatedDoor hands, FailMode failMode, boolean released) {
        Door door = Door.builder(PortalId.of(name), hands.relay(), Egress.BUTTON, scheduler)
                .failMode(failMode)
                .inputs(CONTACT, EXIT_BUTTON)
                .nanoTime(scheduler::nanos)
                .startReleased(released)
                .build();
        assertThat(door.state()).isInstanceOf(released ? DoorState.Released.class : DoorState.Locked.class);
        hands.connect(door::sense, CONTACT, EXIT_BUTTON);
        return door;
    }
}
