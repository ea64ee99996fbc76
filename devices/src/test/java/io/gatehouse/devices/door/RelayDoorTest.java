package io.gatehouse.devices.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.house.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RelayDoorTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration THREE = Duration.ofSeconds(3);
    private static final DoorState LOCKED = new DoorState.Locked();

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<Boolean> told = new ArrayList<>();
    private Actuation answer = new Actuation.Done();

    @Test
    void locksWhenItIsBuilt() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        assertThat(told).containsExactly(false);
        assertThat(door.state()).isEqualTo(LOCKED);
    }

    @Test
    void unlocksForTheConfiguredTimeAndLocksByItself() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        assertThat(door.open().isDone()).isTrue();
        assertThat(door.state()).isEqualTo(new DoorState.Unlocked(NOW.plus(THREE)));
        scheduler.advance(THREE.minusNanos(1));
        assertThat(told).containsExactly(false, true);
        scheduler.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly(false, true, false);
        assertThat(door.state()).isEqualTo(LOCKED);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void turnsTheRelayRoundForALockThatOpensWithoutPower() {
        RelayDoor door = door(FailMode.FAIL_SAFE);
        door.open();
        scheduler.advance(THREE);
        assertThat(told).containsExactly(true, false, true);
    }

    @Test
    void aSecondOpeningStartsTheTimeAgain() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        door.open();
        scheduler.advance(Duration.ofSeconds(2));
        door.open();
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(told).containsExactly(false, true, true);
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(door.state()).isEqualTo(LOCKED);
    }

    @Test
    @DisplayName("REG-11 a release outranks an opening and its relocking, until it is reset by hand")
    void releaseOutranksOpenAndRelock() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        door.open();
        assertThat(door.release().isDone()).isTrue();
        scheduler.advance(Duration.ofHours(1));
        assertThat(door.open().isDone()).isTrue();
        scheduler.advance(Duration.ofHours(1));
        assertThat(told).containsExactly(false, true, true, true);
        assertThat(door.state()).isEqualTo(new DoorState.Released(true));

        assertThat(door.reset().isDone()).isTrue();
        assertThat(door.state()).isEqualTo(LOCKED);
        assertThat(told).endsWith(false);
    }

    @Test
    @DisplayName("REG-11 a release that the lock does not confirm is told again until it does")
    void repeatsAReleaseUntilItIsConfirmed() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        answer = silent();
        assertThat(door.release()).isEqualTo(silent());
        assertThat(door.state()).isEqualTo(new DoorState.Released(false));
        scheduler.advance(Duration.ofSeconds(2));
        assertThat(told).containsExactly(false, true, true, true);
        answer = new Actuation.Done();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(door.state()).isEqualTo(new DoorState.Released(true));
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void anUnlockingWithoutAnAnswerIsNotRepeatedButIsFollowedByALocking() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        answer = silent();
        assertThat(door.open()).isEqualTo(silent());
        assertThat(door.state()).isInstanceOf(DoorState.Uncertain.class);
        answer = new Actuation.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(told).containsExactly(false, true, false);
        assertThat(door.state()).isEqualTo(LOCKED);
    }

    @Test
    void repeatsALockingUntilItIsConfirmed() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        door.open();
        answer = new Actuation.Failed(Reason.of("test.failed", "no"));
        scheduler.advance(THREE.plusSeconds(2));
        assertThat(told).containsExactly(false, true, false, false, false);
        assertThat(door.state()).isInstanceOf(DoorState.Uncertain.class);
        answer = new Actuation.Done();
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(door.state()).isEqualTo(LOCKED);
    }

    @Test
    void doesNotUnlockIfItCouldNotLockAgain() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        scheduler.shutdownNow();
        assertThat(code(door.open())).isEqualTo("failed door.no-timer");
        assertThat(told).containsExactly(false);
        assertThat(door.release().isDone()).as("a release needs no timer").isTrue();
    }

    @Test
    void aRelayThatThrowsIsNoAnswer() {
        RelayDoor door = RelayDoor.builder(
                        "front",
                        on -> {
                            throw new IllegalStateException("broken");
                        },
                        scheduler)
                .build();
        assertThat(code(door.open())).isEqualTo("no answer door.relay-fault");
        assertThat(code(door.release())).isEqualTo("no answer door.relay-fault");
    }

    @Test
    void locksWhenItIsClosedAndOpensNoMoreButCanStillBeReleased() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        door.open();
        door.close();
        door.close();
        assertThat(told).containsExactly(false, true, false);
        assertThat(scheduler.waiting()).isZero();
        assertThat(code(door.open())).isEqualTo("failed door.closed");
        assertThat(door.release().isDone()).isTrue();
    }

    @Test
    void aReleasedDoorStaysReleasedWhenItIsClosed() {
        RelayDoor door = door(FailMode.FAIL_SECURE);
        door.release();
        door.close();
        assertThat(told).containsExactly(false, true);
    }

    @Test
    @DisplayName("REG-11 a release during an opening that hangs on the bus leaves the door released")
    void releaseWinsOverAnOpeningInProgress() throws InterruptedException {
        CountDownLatch inCommand = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        RelayDoor door = RelayDoor.builder(
                        "front",
                        on -> {
                            inCommand.countDown();
                            return inCommand.getCount() > 0 || awaited(goOn) ? new Actuation.Done() : silent();
                        },
                        scheduler)
                .build();
        Thread opening = new Thread(door::open);
        opening.start();
        inCommand.await();
        Thread releasing = new Thread(door::release);
        releasing.start();
        Awaitility.await().until(() -> releasing.getState() == Thread.State.WAITING);
        goOn.countDown();
        opening.join();
        releasing.join();
        scheduler.advance(Duration.ofHours(1));
        assertThat(door.state()).isEqualTo(new DoorState.Released(true));
    }

    @Test
    void worksWithARealScheduler() {
        ScheduledExecutorService real = Executors.newSingleThreadScheduledExecutor();
        try {
            RelayDoor door = RelayDoor.builder("front", on -> new Actuation.Done(), real)
                    .unlockTime(Duration.ofMillis(20))
                    .build();
            door.open();
            Awaitility.await().until(() -> door.state().equals(LOCKED));
        } finally {
            real.shutdownNow();
        }
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RelayDoor.builder("front", this::relay, scheduler).unlockTime(Duration.ofHours(1)))
                .withMessageContaining("PT5M");
    }

    private RelayDoor door(FailMode failMode) {
        return RelayDoor.builder("front", this::relay, scheduler)
                .failMode(failMode)
                .unlockTime(THREE)
                .clock(InstantSource.fixed(NOW))
                .build();
    }

    private Actuation relay(boolean energised) {
        told.add(energised);
        return answer;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Actuation silent() {
        return new Actuation.NoAnswer(Reason.of("test.silent", "nothing came"));
    }

    private static String code(Actuation actuation) {
        return actuation.fold(
                () -> "done",
                failed -> "failed " + failed.reason().code(),
                none -> "no answer " + none.reason().code());
    }
}
