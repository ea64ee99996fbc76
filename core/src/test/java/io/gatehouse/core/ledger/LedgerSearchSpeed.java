package io.gatehouse.core.ledger;

import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Measures queries of the newest 50 entries in a large ledger: {@code LedgerSearchSpeed <directory> <entries>
 * [no-verify]}. Fills the ledger up to so many first. What a program pays that has just begun, with code that is not
 * compiled and pages that are not in memory, stands on a line of its own, the first. Beside the time that passed it says the processor's, which others on
 * the machine disturb less. A program, not a test: its figures depend on the machine.
 */
final class LedgerSearchSpeed {
    private static final int QUERIES = 2_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private LedgerSearchSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long entries = Long.parseLong(arguments[1]);
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            StoreLedger ledger = house.ledger();
            LedgerLoad.fill(ledger, entries);
            Random random = new Random(1);
            for (String name : new String[] {"person, just begun", "person"}) {
                measure(
                        ledger,
                        name,
                        () -> LedgerQuery.builder().person(LedgerLoad.person(random.nextInt(LedgerLoad.PEOPLE))));
            }
            measure(
                    ledger,
                    "person at a portal",
                    () -> LedgerQuery.builder()
                            .person(LedgerLoad.person(random.nextInt(LedgerLoad.PEOPLE)))
                            .portal(PortalId.of("portal-" + random.nextInt(LedgerLoad.PORTALS))));
            measure(
                    ledger,
                    "person seen once",
                    () -> LedgerQuery.builder().person(LedgerLoad.rare(random.nextLong(entries / LedgerLoad.RARE))));
            measure(
                    ledger,
                    "portal",
                    () -> LedgerQuery.builder().portal(PortalId.of("portal-" + random.nextInt(LedgerLoad.PORTALS))));
            measure(
                    ledger,
                    "zone before a time",
                    () -> LedgerQuery.builder()
                            .zone(ZoneCode.of("zone-" + random.nextInt(LedgerLoad.ZONES)))
                            .until(LedgerLoad.time(random.nextLong(entries))));
            measure(ledger, "time", () -> LedgerQuery.builder().until(LedgerLoad.time(random.nextLong(entries))));
            if (arguments.length > 2) {
                return;
            }
            long start = System.nanoTime();
            boolean verified = ledger.verify().isVerified();
            System.out.printf("verify %s: %.0f entries/s%n", verified, entries * 1e9 / (System.nanoTime() - start));
        }
    }

    private static void measure(StoreLedger ledger, String name, Supplier<LedgerQuery.Builder> queries)
            throws IOException {
        long[] took = new long[QUERIES];
        long[] worked = new long[QUERIES];
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            LedgerQuery query = queries.get().build();
            long start = System.nanoTime();
            long before = THREADS.getCurrentThreadCpuTime();
            found += ledger.search(query).entries().size();
            worked[i] = THREADS.getCurrentThreadCpuTime() - before;
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        Arrays.sort(worked);
        System.out.printf(
                "newest 50, %-20s p50 %6.2f ms  p99 %6.2f ms  worst %6.2f ms; of the processor p50 %6.2f ms  p99 %6.2f ms"
                        + "  (%.1f entries found)%n",
                name,
                took[QUERIES / 2] / 1e6,
                took[QUERIES * 99 / 100] / 1e6,
                took[QUERIES - 1] / 1e6,
                worked[QUERIES / 2] / 1e6,
                worked[QUERIES * 99 / 100] / 1e6,
                (double) found / QUERIES);
    }
}
