package io.gatehouse.devices.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.outbox.Backoff;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkOpener;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.link.ReopeningLink;
import io.gatehouse.devices.modbus.ModbusAnswer;
import io.gatehouse.devices.modbus.ModbusMaster;
import io.gatehouse.devices.modbus.ModbusOptions;
import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedRelayBoard;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.sim.fault.FaultPlan;
import io.gatehouse.devices.sim.fault.FaultyLink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cable that is pulled out and plugged in again and again while commands go over it. What was acknowledged was done, once and in
 * order; what failed was not done later; and nothing is left behind.
 */
class ReplugSoakTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int REGISTER = 3;
    private static final int MOST_VALUES = 65_536;

    @TempDir
    Path folder;

    private final Links links = Links.create();
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    /** What the board did, in order. */
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    private final List<Integer> acknowledged = new CopyOnWriteArrayList<>();
    private final List<Integer> notSent = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    /** A cable in somebody's hand. */
    private interface Cable {
        void unplug() throws IOException;

        void plug() throws IOException;
    }

    @Test
    @DisplayName(
            "ATT-19 25 unplugs in memory: nothing acknowledged is lost, nothing is done late or twice, nothing is left behind")
    void survivesUnplugsInMemory() throws Exception {
        soakInMemory(25);
    }

    @Test
    @DisplayName(
            "ATT-19 10 unplugs of a pseudo-terminal: nothing acknowledged is lost, nothing is done late or twice, nothing is left")
    void survivesUnplugsOfAPseudoTerminal() throws Exception {
        soakOverAPseudoTerminal(10);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-19 the same 1,000 times in memory")
    void survivesAThousandUnplugsInMemory() throws Exception {
        soakInMemory(1_000);
    }

    @Test
    @Tag("long")
    @DisplayName("ATT-19 the same 1,000 times over a pseudo-terminal")
    void survivesAThousandUnplugsOfAPseudoTerminal() throws Exception {
        soakOverAPseudoTerminal(1_000);
    }

    private void soakInMemory(int times) throws Exception {
        AtomicReference<FaultyLink> plugged = new AtomicReference<>();
        LinkOpener host = () -> {
            FaultyLink opened = FaultyLink.on(links.open("mem:cable"), FaultPlan.none(), new Random(0));
            plugged.set(opened);
            return opened;
        };
        soak(times, host, () -> links.open("mem:cable"), new Cable() {
            @Override
            public void unplug() {
                FaultyLink now = plugged.get();
                if (now != null) {
                    now.unplug();
                }
            }

            @Override
            public void plug() {
                // Whoever opens first has the first end.
            }
        });
    }

    private void soakOverAPseudoTerminal(int times) throws Exception {
        try (PtyPair cable = PtyPair.open(folder)) {
            String host = "serial:" + cable.leftLink() + "?baud=115200";
            String board = "serial:" + cable.rightLink() + "?baud=115200";
            soak(times, () -> links.open(host), () -> links.open(board), new Cable() {
                @Override
                public void unplug() {
                    cable.unplug();
                }

                @Override
                public void plug() throws IOException {
                    cable.plug();
                }
            });
        }
    }

    private void soak(int times, LinkOpener host, LinkOpener board, Cable cable) throws Exception {
        Leftovers before = Leftovers.now();
        Random random = Splits.seeded(times + " unplugs");
        try (ReopeningLink hostLink = reopening("host", host);
                Link boardLink = LinkTap.on(reopening("board", board), InstantSource.system(), this::note);
                SimulatedRelayBoard simulated = SimulatedRelayBoard.open(boardLink, 1, 1, InstantSource.system())) {
            assertThat(simulated.isOn(0)).isFalse();
            ModbusOptions options = new ModbusOptions(Duration.ofMillis(250), Duration.ofMillis(1));
            Thread master = command(ModbusMaster.create(hostLink, options), times);
            for (int i = 0; i < times; i++) {
                int until = acknowledged.size() + 1 + random.nextInt(4);
                Awaitility.await()
                        .atMost(LONG)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> acknowledged.size() >= until);
                cable.unplug();
                cable.plug();
            }
            over = true;
            master.join(LONG.toMillis());
            assertThat(master.isAlive()).isFalse();
        } finally {
            over = true;
            scheduler.shutdownNow();
        }
        assertNothingLost(times);
        before.awaitNone();
    }

    private ReopeningLink reopening(String name, LinkOpener opener) {
        return ReopeningLink.builder(name, opener, scheduler)
                .backoff(new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)))
                .open();
    }

    private Thread command(ModbusMaster master, int times) {
        Thread thread = new Thread(() -> {
            for (int value = 1; value < MOST_VALUES && !over; value++) {
                ModbusAnswer answer = master.execute(new ModbusRequest.WriteRegister(1, REGISTER, value));
                if (answer instanceof ModbusAnswer.Replied) {
                    acknowledged.add(value);
                } else if (answer instanceof ModbusAnswer.NotSent) {
                    notSent.add(value);
                    // Not to count to the end while it is down.
                    LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        assertThat(times).isLessThan(MOST_VALUES / 20);
        return thread;
    }

    /** A board repeats what it was told when it has done it. */
    private void note(TapEntry entry) {
        byte[] bytes = entry.bytes();
        if (entry.way() == TapEntry.Way.OUT && bytes.length == 8 && bytes[1] == 6) {
            done.add((bytes[4] & 0xFF) << 8 | (bytes[5] & 0xFF));
        }
    }

    private void assertNothingLost(int times) {
        System.out.println(times + " unplugs: " + acknowledged.size() + " commands acknowledged, " + done.size()
                + " done, " + notSent.size() + " refused at once");
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(times);
        assertThat(new ArrayList<>(done))
                .as("once, and none after a later one")
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(done).as("acknowledged means done").containsAll(acknowledged);
        assertThat(done).as("what was not sent is not done").doesNotContainAnyElementsOf(notSent);
    }
}
