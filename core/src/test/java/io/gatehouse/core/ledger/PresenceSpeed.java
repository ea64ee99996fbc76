package io.gatehouse.core.ledger;

import io.gatehouse.core.presence.Presence;
import io.gatehouse.core.presence.PresenceOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Measures how presence is rebuilt from a large ledger: {@code PresenceSpeed <directory> <entries> [rounds]}. Fills the
 * ledger up to so many first. Run with little heap ({@code -Xmx128m}) it shows that memory stays flat. A program, not a
 * test: its figures depend on the machine.
 */
final class PresenceSpeed {
    private PresenceSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            LedgerLoad.fill(house.ledger(), Long.parseLong(arguments[1]));
            for (int round = 0; round < rounds; round++) {
                measure(house.ledger());
            }
        }
    }

    private static void measure(StoreLedger ledger) throws Exception {
        Presence presence = Presence.of(ledger, PresenceOptions.standard().withSite(LedgerLoad.SITE));
        long start = System.nanoTime();
        Duration before = worked();
        presence.catchUp();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "rebuilt from %d entries in %.1f s, %.0f entries/s, %.1f s of all processors' time at load %.1f:"
                        + " %d people inside, %d on the muster list%n",
                presence.applied(),
                seconds,
                presence.applied() / seconds,
                worked().minus(before).toMillis() / 1e3,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                presence.total(),
                presence.muster().size());
        System.gc();
        System.out.printf(
                "heap in use after a collection: %d MiB of at most %d MiB%n",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    private static Duration worked() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
