package io.gatehouse.benchmarks;

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
import io.gatehouse.policy.permit.CompiledPolicy;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.facts.Presented;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.RuleBuilder;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
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
 * Decisions in bits by compiled rules: random people of many (ten for each rule), each in three to six of rules/50 groups, at
 * random doors of a hundred zones, at random minutes of a week; a rule lets one group into one zone by card or face in one of
 * forty schedules, and each fiftieth forbids. The facts are at hand, 131,072 of them, so that people and rules come from memory
 * and not from a cache. Also how long it takes to compile the rules.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgs = "-Xmx3g")
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup before anything else.
public class PermitCompiledBenchmark {
    private static final int ZONES = 100;
    private static final int SCHEDULES = 40;
    private static final int CASES = 1 << 17;
    private static final int WEEK_MINUTES = 7 * 24 * 60;

    @Param({"1000", "10000", "100000"})
    private int rules;

    private final Names names = Names.create();
    private Site site;
    private PolicySet policy;
    private CompiledPolicy compiled;
    private Facts[] facts;
    private int next;

    @Setup
    public void write() {
        Random random = new Random(7);
        int groups = Math.max(50, rules / 50);
        List<Zone> zones = new ArrayList<>();
        List<Portal> portals = new ArrayList<>();
        for (int i = 0; i < ZONES; i++) {
            Zone zone = Zone.of("zone-" + i, "Zone " + i);
            zones.add(zone);
            portals.add(
                    new Portal(PortalId.of("door-" + i), "Door " + i, PortalKind.DOOR, ZoneCode.OUTSIDE, zone.code()));
        }
        site = new Site("House", ZoneId.of("Europe/Berlin"), zones, portals);
        policy = new PolicySet(1, rules(random, groups));
        compiled = CompiledPolicy.compile(site, policy, names);
        Subject[] people = new Subject[rules * 10];
        for (int i = 0; i < people.length; i++) {
            people[i] = Subject.of(names, person(random, i, groups));
        }
        Presented card = Presented.of(Method.CARD, Double.POSITIVE_INFINITY);
        Instant monday = Instant.parse("2026-03-02T00:00:00Z");
        facts = new Facts[CASES];
        int granted = 0;
        for (int i = 0; i < CASES; i++) {
            facts[i] = Facts.passing(
                    people[random.nextInt(people.length)],
                    portals.get(random.nextInt(ZONES)).id(),
                    Direction.ENTRY,
                    monday.plusSeconds(60L * random.nextInt(WEEK_MINUTES)),
                    card);
            granted += compiled.decide(facts[i]) == 0 ? 1 : 0;
        }
        if (granted == 0 || granted == CASES) {
            throw new IllegalStateException("the rules do not say what this measures: " + granted + " granted");
        }
    }

    private List<Rule> rules(Random random, int groups) {
        List<Schedule> schedules = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            schedules.add(Schedule.of(WeeklyHours.mondayToFriday("0" + (5 + i % 4) + ":00", 15 + i % 8 + ":15")));
        }
        List<Rule> all = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            RuleBuilder rule = i % 50 == 49 ? Rule.forbid("rule-" + i) : Rule.permit("rule-" + i);
            all.add(rule.groups("group-" + random.nextInt(groups))
                    .zones(ZoneCode.of("zone-" + random.nextInt(ZONES)))
                    .when(schedules.get(random.nextInt(SCHEDULES)))
                    .methods(Method.CARD, Method.FACE)
                    .build());
        }
        return all;
    }

    private static Person person(Random random, int number, int groups) {
        Set<String> theirs = new HashSet<>();
        int many = 3 + random.nextInt(4);
        while (theirs.size() < many) {
            theirs.add("group-" + random.nextInt(groups));
        }
        return new Person(PersonId.of("p" + number), "Somebody", PersonKind.EMPLOYEE, theirs);
    }

    @Benchmark
    @BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
    public int decide() {
        next = (next + 1) & (CASES - 1);
        return compiled.decide(facts[next]);
    }

    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public CompiledPolicy compile() {
        return CompiledPolicy.compile(site, policy, names);
    }
}
