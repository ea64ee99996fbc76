package io.gatehouse.devices.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.house.ManualScheduler;
import io.gatehouse.devices.sim.SimulatedBus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Links links = Links.create();

    @Test
    void givesTheBusToOneAtATimeAndNothingToWhoWouldWaitTooLong() throws Exception {
        try (Link link = links.open("mem:bus")) {
            Bus bus = Bus.create(link, BusOptions.DEFAULT);
            CountDownLatch has = new CountDownLatch(1);
            CountDownLatch gives = new CountDownLatch(1);
            CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> turn(bus, LONG, () -> {
                has.countDown();
                gives.await();
            }));
            has.await();
            assertThat(turn(bus, Duration.ZERO, () -> {
                        throw new AssertionError("the bus is another's");
                    }))
                    .isFalse();
            CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> turn(bus, LONG, () -> {}));
            assertThat(second).isNotDone();
            gives.countDown();
            assertThat(first.join()).isTrue();
            assertThat(second.join()).isTrue();
        }
    }

    private interface Deed {
        void run() throws InterruptedException;
    }

    private static boolean turn(Bus bus, Duration patience, Deed deed) {
        try {
            return bus.turn(patience, turn -> {
                        try {
                            deed.run();
                        } catch (InterruptedException e) {
                            throw new LinkException("interrupted", e);
                        }
                        return true;
                    })
                    .orElse(false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void dropsWhatCameOutsideOfEveryTurn() throws Exception {
        try (Link link = links.open("mem:bus");
                Link device = links.open("mem:bus")) {
            Bus bus = Bus.create(link, BusOptions.DEFAULT);
            device.write(new byte[] {1, 2, 3});
            Optional<byte[]> heard = bus.turn(LONG, turn -> {
                device.write(new byte[] {4});
                return turn.read(LONG);
            });
            assertThat(heard.orElseThrow()).containsExactly(4);
        }
    }

    @Test
    void readsItsOwnEchoBackAndGivesOnlyWhatFollows() throws Exception {
        SimulatedBus wire = SimulatedBus.create("rs485");
        try (Link mine = wire.attachEchoing();
                Link device = wire.attach()) {
            Bus bus = Bus.create(mine, BusOptions.DEFAULT.withEcho(LONG));
            Optional<byte[]> heard = bus.turn(LONG, turn -> {
                turn.write(new byte[] {1, 2});
                device.write(new byte[] {9});
                return turn.read(LONG);
            });
            assertThat(heard.orElseThrow()).containsExactly(9);
            assertThat(device.read(LONG)).containsExactly(1, 2);
        }
    }

    @Test
    void saysACollision() throws Exception {
        SimulatedBus wire = SimulatedBus.create("rs485");
        try (Link mine = wire.attachEchoing()) {
            Bus bus = Bus.create(mine, BusOptions.DEFAULT.withEcho(LONG));
            wire.collideOnce();
            assertThatThrownBy(() -> bus.turn(LONG, turn -> {
                        turn.write(new byte[] {1, 2});
                        return true;
                    }))
                    .isInstanceOf(BusCollisionException.class)
                    .hasMessageContaining("another byte than the 1. of 2");
            assertThat(turn(bus, Duration.ZERO, () -> {}))
                    .as("the bus is free again")
                    .isTrue();
        }
    }

    @Test
    void goesOnOverALossThatIsOver() throws Exception {
        ManualScheduler scheduler = new ManualScheduler();
        try (ReopeningLink link = ReopeningLink.builder(links, "mem:bus", scheduler)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)))
                .open()) {
            assertThat(link.awaitOpen(LONG)).isTrue();
            links.open("mem:bus").close();
            Awaitility.await().until(() -> link.state() == LinkState.BACKING_OFF);
            Bus bus = Bus.create(link, BusOptions.DEFAULT);
            assertThatThrownBy(() -> bus.turn(LONG, turn -> true)).isInstanceOf(LinkException.class);
            Awaitility.await().until(() -> {
                scheduler.advance(Duration.ofSeconds(1));
                return link.state() == LinkState.OPEN;
            });
            assertThat(turn(bus, LONG, () -> {})).isTrue();
        }
    }

    @Test
    void refusesATurnWithinATurnAndAfterItsEnd() throws Exception {
        try (Link link = links.open("mem:bus")) {
            Bus bus = Bus.create(link, BusOptions.DEFAULT);
            List<BusTurn> kept = new ArrayList<>();
            assertThatThrownBy(() -> bus.turn(LONG, turn -> {
                        kept.add(turn);
                        return bus.turn(LONG, inner -> true);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("within a turn");
            BusTurn over = kept.get(0);
            assertThatThrownBy(() -> over.write(new byte[1])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> over.read(LONG)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> BusOptions.DEFAULT.withBaud(0));
        assertThatIllegalArgumentException().isThrownBy(() -> BusOptions.DEFAULT.withEcho(Duration.ZERO));
        assertThat(BusOptions.DEFAULT.withBaud(9_600).character()).isEqualTo(Duration.ofNanos(1_145_833));
    }
}
