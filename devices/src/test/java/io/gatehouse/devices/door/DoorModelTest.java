package io.gatehouse.devices.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.place.Direction;
import io.gatehouse.devices.door.DoorEvent.Kind;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.building.DoorFault;
import io.gatehouse.devices.sim.building.SimulatedDoor;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random days at a door, compared moment by moment with {@link PlainDoor}, which only keeps a list of what happened. */
class DoorModelTest {
    private static final int DAYS = Integer.getInteger("gatehouse.door.days", 150);
    private static final int STEPS = 150;
    private static final DoorInput[] WITH_BUTTON = {
        DoorInput.CONTACT, DoorInput.EXIT_BUTTON, DoorInput.PASSAGE_IN, DoorInput.PASSAGE_OUT
    };

    @Test
    @DisplayName("REG-11 REG-8 whatever happens: fire releases, who wants out gets out, no unlocking outlives its time,"
            + " lockdown lets nobody in and traps nobody")
    void keepsItsPromisesInEverySequence() {
        long seed = new Random().nextLong();
        System.out.println("DoorModelTest seed " + seed);
        for (int day = 0; day < DAYS; day++) {
            new Day(seed + day).run();
        }
    }

    private static final class Day {
        private final long seed;
        private final Random random;
        private final Egress egress;
        private final DoorHouse house;
        private final PlainDoor plain;
        private final StringBuilder story = new StringBuilder();
        private boolean isFaulty;

        Day(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.egress = pick(Egress.values());
            FailMode failMode = pick(FailMode.values());
            ManualScheduler scheduler = new ManualScheduler();
            SimulatedDoor hands = random.nextBoolean()
                    ? SimulatedDoor.timed(failMode, scheduler, scheduler)
                    : SimulatedDoor.create(failMode, scheduler);
            this.house = DoorHouse.of("front", scheduler, hands, failMode, egress, DoorOptions.standard(), WITH_BUTTON);
            this.plain = new PlainDoor(egress, DoorOptions.standard());
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                act(random.nextInt(28));
                house.heard();
                check();
                pass();
            }
            house.close();
        }

        private void act(int choice) {
            switch (choice) {
                case 0, 1, 2, 3 -> open(Direction.ENTRY);
                case 4 -> open(Direction.EXIT);
                case 5, 6 -> button(true);
                case 7, 8, 9 -> button(false);
                case 10 -> wire(random.nextBoolean() ? InputState.CUT : InputState.SHORT);
                case 11, 12 -> wire(InputState.NORMAL);
                case 13, 14, 15 -> push();
                case 16 -> force();
                case 17, 18, 19 -> shut();
                case 20, 21 -> walk(random.nextInt(4) == 0 ? Direction.EXIT : Direction.ENTRY);
                case 22 -> lockDown();
                case 23 -> endLockDown();
                case 24 -> release();
                case 25 -> reset();
                case 26 -> fault(pick(new DoorFault[] {DoorFault.DEAF, DoorFault.MUTE, DoorFault.REFUSING}));
                default -> fault(DoorFault.NONE);
            }
        }

        private void open(Direction side) {
            Actuation answer = house.door.side(side).open();
            note("open " + side + " " + answer);
            if (plain.isReleased()) {
                return;
            }
            if (plain.isLockedDown() && side == Direction.ENTRY) {
                assertThat(DoorTest.code(answer)).as(this::toString).isEqualTo("door.lockdown");
            } else if (!(answer instanceof Actuation.Failed)) {
                plain.ticket(now(), side);
            }
        }

        private void button(boolean pressed) {
            note("button " + pressed);
            house.hands.set(DoorInput.EXIT_BUTTON, pressed);
            plain.button(now(), pressed);
        }

        private void wire(InputState state) {
            note("wire " + state);
            house.hands.wire(DoorInput.EXIT_BUTTON, state);
            plain.wire(now(), state);
        }

        private void push() {
            boolean wasOpen = house.hands.isOpen();
            boolean isOpen = house.hands.push();
            note("push " + isOpen);
            if (isOpen && !wasOpen) {
                long forced = house.told(Kind.FORCED_OPEN).size();
                house.heard();
                plain.opened(now());
                if (!isFaulty && plain.hasBeenHealthy(now())) {
                    assertThat(house.told(Kind.FORCED_OPEN)).as(this::toString).hasSize((int) forced);
                }
            }
        }

        private void force() {
            if (house.hands.isOpen()) {
                return;
            }
            long before = house.told(Kind.FORCED_OPEN).size();
            boolean isIntrusion = plain.isIntrusion(now());
            note("force, an intrusion: " + isIntrusion);
            house.hands.force();
            house.heard();
            plain.opened(now());
            if (isIntrusion) {
                assertThat(house.told(Kind.FORCED_OPEN)).as(this::toString).hasSize((int) before + 1);
            }
        }

        private void shut() {
            note("shut");
            house.hands.shut();
            plain.shut(now());
        }

        private void walk(Direction way) {
            if (!house.hands.isOpen()) {
                return;
            }
            int before = house.told(Kind.TAILGATING).size();
            boolean isTailgating = plain.walked(now(), way);
            note("walk " + way + ", tailgating: " + isTailgating);
            house.hands.walk(way);
            house.heard();
            assertThat(house.told(Kind.TAILGATING)).as(this::toString).hasSize(before + (isTailgating ? 1 : 0));
        }

        private void lockDown() {
            note("lock down");
            house.door.lockDown("intruder");
            plain.lockDown(now());
        }

        private void endLockDown() {
            note("end lockdown");
            house.door.endLockDown();
            plain.endLockDown();
        }

        private void release() {
            note("release");
            house.door.release();
            plain.release();
        }

        private void reset() {
            note("reset");
            house.door.reset();
            plain.reset();
        }

        private void fault(DoorFault fault) {
            note("board " + fault);
            house.hands.misbehave(fault);
            isFaulty = fault != DoorFault.NONE;
            plain.board(now(), !isFaulty);
        }

        private void pass() {
            long nanos = random.nextInt(3) == 0 ? random.nextLong(8_000_000_000L) : random.nextLong(900_000_000L);
            note("later " + Duration.ofNanos(nanos));
            long until = now() + nanos;
            while (now() < until) {
                house.later(Duration.ofNanos(Math.min(until - now(), 1 + random.nextLong(400_000_000L))));
                check();
            }
        }

        private void check() {
            boolean unlocked = house.hands.isUnlocked();
            plain.saw(now(), unlocked);
            if (!plain.hasBeenHealthy(now())) {
                return;
            }
            if (plain.mustBeUnlocked(now())) {
                assertThat(unlocked).as("must be unlocked: %s", this).isTrue();
            }
            if (!plain.mayBeUnlocked(now())) {
                assertThat(unlocked).as("must be locked: %s", this).isFalse();
            }
        }

        private long now() {
            return house.scheduler.nanos();
        }

        private void note(String what) {
            story.append('\n').append(now()).append(' ').append(what);
        }

        private <T> T pick(T[] from) {
            return from[random.nextInt(from.length)];
        }

        @Override
        public String toString() {
            return "seed " + seed + ", " + egress + story + '\n' + now() + " " + house.door;
        }
    }
}
