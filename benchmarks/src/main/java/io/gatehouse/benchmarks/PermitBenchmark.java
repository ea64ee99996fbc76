package io.gatehouse.benchmarks;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.decision.Decision;
import io.gatehouse.core.identity.Identity.Known;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.PermitDecider;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision by a policy of many rules: each lets one group into one of twenty zones on working days. The one asking
 * belongs to the last rule's group, or to a group that no rule names, whose refusal looks for the nearest miss.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class PermitBenchmark {
    private static final int ZONES = 20;
    /** A Wednesday, 10 in the morning. */
    private static final Instant AT = Instant.parse("2026-03-04T10:00:00Z");

    @Param({"10", "1000", "10000"})
    private int rules;

    private PermitDecider decider;
    private AccessRequest permitted;
    private AccessRequest refused;

    @Setup
    public void write() {
        List<Zone> zones = new ArrayList<>();
        List<Portal> portals = new ArrayList<>();
        for (int i = 0; i < ZONES; i++) {
            Zone zone = Zone.of("zone-" + i, "Zone " + i);
            zones.add(zone);
            portals.add(
                    new Portal(PortalId.of("door-" + i), "Door " + i, PortalKind.DOOR, ZoneCode.OUTSIDE, zone.code()));
        }
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            all.add(Rule.permit("rule-" + i)
                    .groups("group-" + i)
                    .zones(zones.get(i % ZONES).code())
                    .when(WeeklyHours.mondayToFriday("07:00", "19:00"))
                    .build());
        }
        Map<PersonId, Person> people = Map.of(
                PersonId.of("insider"), person("insider", "group-" + (rules - 1)),
                PersonId.of("outsider"), person("outsider", "nobody"));
        decider = PermitDecider.create(
                new Site("House", ZoneId.of("Europe/Berlin"), zones, portals),
                id -> Optional.ofNullable(people.get(id)),
                new PolicySet(1, all));
        Portal door = portals.get((rules - 1) % ZONES);
        permitted = request("insider", door);
        refused = request("outsider", door);
        if (!granted().isGranted() || denied().isGranted()) {
            throw new IllegalStateException("the rules do not say what this measures");
        }
    }

    private static Person person(String id, String group) {
        return new Person(PersonId.of(id), id, PersonKind.EMPLOYEE, Set.of(group));
    }

    private static AccessRequest request(String id, Portal door) {
        Known who = Known.of(PersonId.of(id), Method.CARD, Double.POSITIVE_INFINITY);
        return new AccessRequest(who, door, Direction.ENTRY, AT);
    }

    @Benchmark
    public Decision granted() {
        return decider.decide(permitted);
    }

    @Benchmark
    public Decision denied() {
        return decider.decide(refused);
    }
}
