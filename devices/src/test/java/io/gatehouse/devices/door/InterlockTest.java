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
        assertThat(vault.kinds()).containsExactly(Kind.EXIT, Kind.INTERLOCK_OVERRIDDEN);
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
