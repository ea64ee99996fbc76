package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Measures queries of the newest 50 entries in a large ledger: {@code LedgerSearchSpeed <directory> <entries>}. Fills the
 * ledger up to so many first. A program, not a test: its figures depend on the machine.
 */
final class LedgerSearchSpeed {
    private static final int PEOPLE = 20_000;
    private static final int QUERIES = 2_000;

    private LedgerSearchSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        long entries = Long.parseLong(arguments[1]);
        try (LedgerHouse house = LedgerHouse.open(directory)) {
            fill(house, entries);
            Random random = new Random(1);
            StoreLedger ledger = house.ledger();
            measure(ledger, "person", () -> LedgerQuery.builder().person(person(random.nextInt(PEOPLE))));
            measure(
                    ledger,
                    "person at a portal",
                    () -> LedgerQuery.builder()
                            .person(person(random.nextInt(PEOPLE)))
                            .portal(PortalId.of("portal-" + random.nextInt(50))));
            measure(ledger, "portal", () -> LedgerQuery.builder().portal(PortalId.of("portal-" + random.nextInt(50))));
            measure(
                    ledger,
                    "zone before a time",
                    () -> LedgerQuery.builder()
                            .zone(ZoneCode.of("zone-" + random.nextInt(10)))
                            .until(time(random.nextLong(entries))));
            measure(ledger, "time", () -> LedgerQuery.builder().until(time(random.nextLong(entries))));
            long start = System.nanoTime();
            boolean verified = ledger.verify().isVerified();
            System.out.printf("verify %s: %.0f entries/s%n", verified, entries * 1e9 / (System.nanoTime() - start));
        }
    }

    private static Instant time(long number) {
        return LedgerHouse.NOW.plusMillis(number * 300);
    }

    private static PersonId person(int number) {
        return PersonId.of("person-" + number);
    }

    private static void fill(LedgerHouse house, long entries) throws IOException {
        Random random = new Random(house.ledger().size());
        long start = System.nanoTime();
        long before = house.ledger().size();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (long i = before; i < entries; i++) {
            last = house.ledger()
                    .appendAsync(LedgerEvent.builder(EventKind.PASSAGE, time(i))
                            .portal(PortalId.of("portal-" + random.nextInt(50)))
                            .zone(ZoneCode.of("zone-" + random.nextInt(10)))
                            .person(person(random.nextInt(PEOPLE)))
                            .build());
        }
        last.join();
        System.out.printf("filled at %.0f entries/s%n", (entries - before) * 1e9 / (System.nanoTime() - start));
    }

    private static void measure(StoreLedger ledger, String name, Supplier<LedgerQuery.Builder> queries)
            throws IOException {
        long[] took = new long[QUERIES];
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            LedgerQuery query = queries.get().build();
            long start = System.nanoTime();
            found += ledger.search(query).entries().size();
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        System.out.printf(
                "newest 50, %-20s p50 %6.2f ms  p99 %6.2f ms  worst %6.2f ms  (%.1f entries found)%n",
                name,
                took[QUERIES / 2] / 1e6,
                took[QUERIES * 99 / 100] / 1e6,
                took[QUERIES - 1] / 1e6,
                (double) found / QUERIES);
    }
}
