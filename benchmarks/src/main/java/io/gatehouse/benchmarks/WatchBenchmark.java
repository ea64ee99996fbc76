package io.gatehouse.benchmarks;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.watch.WatchDocument;
import io.gatehouse.policy.watch.WatchEvent;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import io.gatehouse.policy.watch.WatchRules;
import io.gatehouse.policy.watch.Watcher;
import io.gatehouse.policy.watch.WatcherOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events a second that a watch takes in one thread: a day of 200,000 events at twelve portals, of so many people, each time by
 * a new watch. One in twenty is a refusal, one in fifty comes in late by up to eight seconds. Either with the template's
 * eleven rules, one of each pattern, or with the first two alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class WatchBenchmark {
    private static final int EVENTS = 200_000;
    private static final List<String> ZONES = List.of("offices", "laboratory", "store", "plant");

    @Param({"1000", "50000"})
    private int people;

    @Param({"2", "11"})
    private int rules;

    private Site site;
    private WatchRules written;
    private List<WatchEvent> events;

    @Setup
    public void write() throws IOException {
        List<Zone> zones = ZONES.stream().map(zone -> Zone.of(zone, zone)).toList();
        List<Portal> portals = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ZoneCode inner = zones.get(i % zones.size()).code();
            portals.add(new Portal(PortalId.of("door-" + i), "Door", PortalKind.DOOR, ZoneCode.OUTSIDE, inner));
        }
        site = new Site("Works", ZoneId.of("Europe/Berlin"), zones, portals);
        WatchRules template = WatchDocument.read(WatchDocument.template());
        written = new WatchRules(1, template.rules().subList(0, rules));
        events = events(new Random(1));
        int found = day();
        if (found == 0 || found > EVENTS / 2) {
            throw new IllegalStateException(found + " findings are not those of a day");
        }
    }

    private List<WatchEvent> events(Random random) {
        boolean[] inside = new boolean[people];
        int[] door = new int[people];
        List<WatchEvent> made = new ArrayList<>(EVENTS);
        Instant begin = Instant.parse("2026-03-04T00:00:00Z");
        for (int i = 0; i < EVENTS; i++) {
            Instant at = begin.plusMillis(i * 432L);
            int person = random.nextInt(people);
            boolean refused = random.nextInt(20) == 0;
            if (!inside[person]) {
                door[person] = random.nextInt(site.portals().size());
            }
            Portal portal = site.portals().get(door[person]);
            Direction way = inside[person] ? Direction.EXIT : Direction.ENTRY;
            inside[person] ^= !refused;
            made.add(new WatchEvent(
                    i,
                    at.minusMillis(random.nextInt(50) == 0 ? random.nextInt(8_000) : random.nextInt(200)),
                    at,
                    refused ? Meaning.REFUSED : Meaning.PASSED,
                    refused ? EventKind.DECISION : EventKind.OUTCOME,
                    Optional.of(new Subject("person-" + person, Optional.of(kind(person)), Set.of("staff"))),
                    Optional.of(portal.id()),
                    Optional.of(portal.destination(way))));
        }
        return made;
    }

    private static PersonKind kind(int person) {
        return person % 10 == 0 ? PersonKind.VISITOR : PersonKind.EMPLOYEE;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int day() {
        int[] found = {0};
        Watcher watcher = Watcher.create(site, written, WatcherOptions.standard(), finding -> found[0]++);
        for (WatchEvent event : events) {
            watcher.accept(event);
        }
        watcher.tick(Instant.parse("2026-03-05T12:00:00Z"));
        return found[0];
    }
}
