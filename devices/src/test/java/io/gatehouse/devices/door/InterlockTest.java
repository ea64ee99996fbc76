package io.gatehouse.devices.door;

import static io.gatehouse.devices.door.DoorInput.CONTACT;
import static io.gatehouse.devices.door.DoorInput.EXIT_BUTTON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.devices.door.DoorEvent.Kind;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.building.DoorFault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InterlockTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final DoorHouse street = house("street");
    private final DoorHouse vault = house("vault");
    private final Interlock interlock = Interlock.between(street.door, vault.door);

    @Test
    void opensOneOnlyWhileTheOtherIsShutAndLocked() {
        assertThat(street.door.open().isDone()).isTrue();
        assertThat(DoorTest.code(vault.door.open())).isEqualTo("door.interlock");
        assertThat(street.hands.push()).isTrue();
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(DoorTest.code(vault.door.open()))
                .as("the street door is open still")
                .isEqualTo("door.interlock");
        street.hands.shut();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(vault.door.open().isDone()).isTrue();
        assertThat(vault.told(Kind.REFUSED)).hasSize(2);
        assertThat(interlock).hasToString("Interlock[street, vault]");
    }

    @Test
    @DisplayName(
            "an interlock takes the way out from nobody: the button opens while the other door is open, and it is told")
    void theWayOutIsNotAsked() {
        street.door.open();
        street.hands.push();
        scheduler.advance(Duration.ZERO);
        vault.hands.set(EXIT_BUTTON, true);
        scheduler.advance(Duration.ZERO);
        assertThat(vault.hands.isUnlocked()).isTrue();
        vault.door.sense(EXIT_BUTTON, InputState.ACTIVE);
        assertThat(vault.kinds()).as("told once").containsExactly(Kind.EXIT, Kind.INTERLOCK_OVERRIDDEN);
        assertThat(DoorTest.code(street.door.open())).isEqualTo("door.interlock");
    }

    @Test
    @DisplayName("REG-11 an emergency opens both doors of an interlock")
    void anEmergencyOpensBoth() {
        street.door.release();
        assertThat(vault.door.release().isDone()).isTrue();
        assertThat(street.hands.isUnlocked()).isTrue();
        assertThat(vault.hands.isUnlocked()).isTrue();
        assertThat(vault.door.open().isDone()).isTrue();
    }

    @Test
    void aDoorThatNobodyCanBeSureOfKeepsTheOtherShut() {
        street.hands.misbehave(DoorFault.DEAF);
        scheduler.advance(Duration.ofSeconds(6));
        assertThat(street.door.isSecure()).isFalse();
        assertThat(DoorTest.code(vault.door.open())).isEqualTo("door.interlock");
    }

    @Test
    void ofTwoWhoOpenAtOnceOneIsRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 200; round++) {
                CyclicBarrier start = new CyclicBarrier(2);
                List<Callable<Boolean>> both = List.of(() -> opens(start, street.door), () -> opens(start, vault.door));
                int opened = 0;
                for (Future<Boolean> each : threads.invokeAll(both)) {
                    opened += each.get() ? 1 : 0;
                }
                assertThat(opened).isOne();
                scheduler.advance(Duration.ofSeconds(4));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("REG-11 whatever happens: never both unlocked for tickets, each for who leaves, both in an emergency")
    void keepsItsPromisesInEverySequence() {
        long seed = new Random().nextLong();
        System.out.println("InterlockTest seed " + seed);
        Random random = new Random(seed);
        for (int step = 0; step < 6_000; step++) {
            DoorHouse one = random.nextBoolean() ? street : vault;
            DoorHouse other = one == street ? vault : street;
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    boolean mayOpen = !other.hands.isUnlocked() && !other.hands.isOpen();
                    boolean opened = one.door.open().isDone();
                    boolean released = one.door.state() instanceof DoorState.Released;
                    assertThat(opened).as("seed %d step %d", seed, step).isEqualTo(mayOpen || released);
                }
                case 2 -> one.hands.push();
                case 3, 4 -> one.hands.shut();
                case 5 -> {
                    one.hands.set(EXIT_BUTTON, true);
                    scheduler.advance(Duration.ZERO);
                    assertThat(one.hands.isUnlocked())
                            .as("seed %d step %d", seed, step)
                            .isTrue();
                    one.hands.set(EXIT_BUTTON, false);
                }
                case 6 -> {
                    if (random.nextInt(10) == 0) {
                        one.door.release();
                        other.door.release();
                        assertThat(one.hands.isUnlocked() && other.hands.isUnlocked())
                                .as("seed %d step %d", seed, step)
                                .isTrue();
                    }
                }
                case 7 -> {
                    one.door.reset();
                    other.door.reset();
                }
                default -> scheduler.advance(Duration.ofMillis(random.nextInt(4_000)));
            }
            scheduler.advance(Duration.ZERO);
        }
    }

    @Test
    void refusesADoorTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> Interlock.between(street.door, street.door));
        assertThatIllegalArgumentException().isThrownBy(() -> Interlock.between(street.door, house("third").door));
    }

    private static boolean opens(CyclicBarrier start, Door door) throws Exception {
        start.await();
        return door.open().isDone();
    }

    private DoorHouse house(String name) {
        return DoorHouse.of(
                name,
                scheduler,
                DoorHouse.hands(FailMode.FAIL_SECURE, scheduler),
                FailMode.FAIL_SECURE,
                Egress.BUTTON,
                DoorOptions.standard(),
                CONTACT,
                EXIT_BUTTON);
    }
}
