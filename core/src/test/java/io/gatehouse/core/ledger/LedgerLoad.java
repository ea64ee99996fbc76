package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The entries that measurements of a large ledger are over: each is a movement of somebody through one of 50 doors into
 * one of 10 zones or out again, one every 300 ms, of 50,000 people; each {@value #RARE}th is of somebody who is seen this
 * once.
 */
final class LedgerLoad {
    static final int PEOPLE = 50_000;
    static final int PORTALS = 50;
    static final int ZONES = 10;
    static final int RARE = 2_000;

    private static final List<Portal> DOORS = IntStream.range(0, PORTALS)
            .mapToObj(i -> new Portal(
                    PortalId.of("portal-" + i), "Door " + i, PortalKind.DOOR, ZoneCode.OUTSIDE, zone(i % ZONES)))
            .toList();

    static final Site SITE = new Site(
            "load",
            ZoneId.of("UTC"),
            IntStream.range(0, ZONES)
                    .mapToObj(i -> Zone.of(zone(i).value(), "Zone " + i))
                    .toList(),
            DOORS);

    private LedgerLoad() {}

    static ZoneCode zone(int number) {
        return ZoneCode.of("zone-" + number);
    }

    static Instant time(long number) {
        return LedgerHouse.NOW.plusMillis(number * 300);
    }

    static PersonId person(int number) {
        return PersonId.of("person-" + number);
    }

    /** Who is seen once, in the entry before a multiple of {@link #RARE}. */
    static PersonId rare(long number) {
        return PersonId.of("once-" + number);
    }

    private static LedgerEvent event(Random random, long number) {
        Portal door = DOORS.get(random.nextInt(PORTALS));
        Direction direction = random.nextBoolean() ? Direction.ENTRY : Direction.EXIT;
        PersonId person = number % RARE == RARE - 1 ? rare(number / RARE) : person(random.nextInt(PEOPLE));
        return LedgerEvent.builder(EventKind.OUTCOME, time(number))
                .portal(door.id())
                .zone(door.destination(direction))
                .person(person)
                .fact("direction", direction == Direction.ENTRY ? "entry" : "exit")
                .fact("actuation", "done")
                .build();
    }

    /** Appends what is missing of so many. */
    static void fill(StoreLedger ledger, long entries) throws IOException {
        long before = ledger.size();
        Random random = new Random(before);
        long start = System.nanoTime();
        CompletableFuture<?> last = CompletableFuture.completedFuture(null);
        for (long i = before; i < entries; i++) {
            last = ledger.appendAsync(event(random, i));
        }
        last.join();
        System.out.printf("filled at %.0f entries/s%n", (entries - before) * 1e9 / (System.nanoTime() - start));
    }
}
