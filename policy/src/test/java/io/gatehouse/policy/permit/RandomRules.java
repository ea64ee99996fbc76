package io.gatehouse.policy.permit;

import static io.gatehouse.policy.permit.RandomPolicies.pick;

import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.Person;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Facts;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.facts.Presented;
import io.gatehouse.policy.permit.facts.SiteFacts;
import io.gatehouse.policy.permit.facts.Standing;
import io.gatehouse.policy.permit.facts.Standing.Stay;
import io.gatehouse.policy.permit.facts.Subject;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Limit.OffLine;
import io.gatehouse.policy.permit.rule.Limit.Passback.Mode;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.Operation.Relation;
import io.gatehouse.policy.permit.rule.Operation.Resource;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.RequirementsBuilder;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.RuleBuilder;
import io.gatehouse.policy.permit.rule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Random rules that use all that rules can say, and random facts that often come near them. */
final class RandomRules {
    static final GroupTree TREE = new GroupTree(Map.of(
            "office", Optional.empty(),
            "laboratory", Optional.empty(),
            "maintenance", Optional.of("office"),
            "department:science", Optional.empty(),
            "department:chemistry", Optional.of("department:science"),
            "department:poisons", Optional.of("department:chemistry"),
            "post:guard", Optional.empty(),
            "post:head", Optional.empty()));

    private static final List<ZoneCode> PLACES =
            List.of(ZoneCode.OUTSIDE, Campus.CAMPUS, Campus.BUILDING, Campus.OFFICE, Campus.LABORATORY, Campus.POISONS);
    private static final List<String> KINDS = List.of("attendance-record", "recording", "rules");
    private static final List<Action> ACTIONS = List.of(Action.values());
    private static final List<String> THINGS = List.of("helmet", "gloves", "mask");
    private static final List<PersonId> IDS = List.of(PersonId.of("e1"), PersonId.of("e2"), PersonId.of("v1"));

    private RandomRules() {}

    static PolicySet policy(Random random, ZoneId zone) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 1 + random.nextInt(14); i > 0; i--) {
            rules.add(rule(random, "r" + i, zone));
        }
        boolean tree = random.nextBoolean();
        return new PolicySet(1, rules, tree ? TREE : GroupTree.undeclared(), Set.of("red"), 1);
    }

    private static Rule rule(Random random, String id, ZoneId zone) {
        boolean forbids = random.nextInt(5) == 0;
        RuleBuilder rule = forbids ? Rule.forbid(id) : Rule.permit(id);
        who(random, rule);
        if (random.nextInt(4) == 0) {
            rule.may(pick(random, ACTIONS), pick(random, ACTIONS)).relation(pick(random, List.of(Relation.values())));
            if (random.nextBoolean()) {
                rule.resources(pick(random, KINDS), pick(random, KINDS));
            }
            if (random.nextInt(3) == 0) {
                rule.zones(pick(random, PLACES));
            }
        } else {
            where(random, rule);
            if (random.nextInt(4) == 0) {
                rule.limits(limit(random));
            }
        }
        if (random.nextInt(3) == 0) {
            rule.methods(pick(random, List.of(Method.values())), Method.CARD);
        }
        if (random.nextInt(3) == 0) {
            rule.requires(requirements(random));
        }
        if (random.nextInt(8) == 0) {
            rule.alerts("red");
        }
        return rule.when(random.nextInt(3) == 0 ? schedule(random, zone) : Schedule.always())
                .build();
    }

    private static void who(Random random, RuleBuilder rule) {
        int said = random.nextInt(3) == 0 ? random.nextInt(32) : 1 << random.nextInt(5);
        if (said == 0 || said > 24 || random.nextInt(5) == 0) {
            rule.anybody();
            return;
        }
        if ((said & 1) != 0 && random.nextBoolean()) {
            rule.persons(pick(random, IDS), pick(random, IDS));
        }
        if ((said & 2) != 0) {
            rule.groups(pick(random, List.of("office", "laboratory", "maintenance")));
        }
        if ((said & 4) != 0) {
            rule.departments(pick(random, List.of("science", "chemistry", "poisons")));
        }
        if ((said & 8) != 0) {
            rule.posts(pick(random, List.of("guard", "head")));
        }
        if ((said & 16) != 0) {
            rule.kinds(pick(random, List.of(PersonKind.values())), PersonKind.EMPLOYEE);
        }
        rule.level(1 + random.nextInt(10) / 8);
    }

    private static void where(Random random, RuleBuilder rule) {
        switch (random.nextInt(4)) {
            case 0 -> rule.anywhere();
            case 1 -> rule.portals(pick(random, Campus.PORTALS).id());
            case 2 -> rule.zones(pick(random, PLACES), pick(random, PLACES));
            default ->
                rule.zones(pick(random, PLACES))
                        .portals(
                                pick(random, Campus.PORTALS).id(),
                                pick(random, Campus.PORTALS).id());
        }
        if (random.nextInt(3) == 0) {
            rule.direction(pick(random, List.of(Direction.values())));
        }
    }

    private static Limit limit(Random random) {
        ZoneCode zone = pick(random, PLACES);
        OffLine offLine = pick(random, List.of(OffLine.values()));
        Mode mode = pick(random, List.of(Mode.values()));
        Duration within = Duration.ofMinutes(1 + random.nextInt(60));
        return switch (random.nextInt(3)) {
            case 0 -> new Limit.Occupancy(zone, 1 + random.nextInt(3), offLine);
            case 1 ->
                new Limit.Passback(
                        zone,
                        mode,
                        mode == Mode.TIMED ? within : Duration.ZERO,
                        random.nextBoolean() ? Set.of() : Set.of("office"),
                        offLine);
            default -> new Limit.Count(zone, 1 + random.nextInt(3), within, offLine);
        };
    }

    private static Requirements requirements(Random random) {
        RequirementsBuilder asks = Requirements.builder();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            switch (random.nextInt(10)) {
                case 0 -> asks.maxFalseMatchRate(random.nextBoolean() ? 1e-4 : 1e-3);
                case 1 -> asks.twoKinds();
                case 2 -> asks.liveness();
                case 3 -> asks.escort();
                case 4 -> asks.visit();
                case 5 -> asks.equipment(pick(random, THINGS), pick(random, THINGS));
                case 6 -> asks.temperatureBelow(37.3);
                case 7 -> asks.consents(pick(random, List.of(Purpose.ACCESS, Purpose.ATTENDANCE)));
                case 8 -> asks.approvals(pick(random, THINGS));
                default -> asks.inductions(pick(random, THINGS));
            }
        }
        return asks.build();
    }

    private static Schedule schedule(Random random, ZoneId zone) {
        Schedule schedule = RandomPolicies.schedule(random);
        LocalDate date = LocalDate.ofInstant(RandomPolicies.minute(random, zone), zone);
        if (random.nextInt(4) == 0) {
            schedule = schedule.except(Set.of(date, date.plusDays(2)));
        }
        if (random.nextInt(4) == 0) {
            schedule = schedule.in(pick(random, RandomPolicies.ZONES));
        }
        if (random.nextInt(6) == 0) {
            try {
                schedule = schedule.only(Set.of(date.plusDays(1), date.minusDays(1), date.plusDays(3)));
            } catch (IllegalArgumentException impossible) {
                return schedule;
            }
        }
        return schedule;
    }

    static Subject subject(Random random, Names names) {
        Set<String> groups = new HashSet<>();
        for (String group : List.copyOf(TREE.parents().keySet())) {
            if (random.nextInt(4) == 0) {
                groups.add(group);
            }
        }
        if (random.nextBoolean()) {
            groups.add("strangers");
        }
        return Subject.of(
                names,
                new Person(
                        pick(random, IDS),
                        "Somebody",
                        pick(random, List.of(PersonKind.values())),
                        groups,
                        random.nextInt(4)));
    }

    static Facts facts(Random random, Subject subject, ZoneId zone) {
        Instant at = RandomPolicies.minute(random, zone).plusNanos(random.nextInt(2));
        Facts.Asked asked = random.nextInt(4) == 0
                ? new Facts.Doing(pick(random, ACTIONS), resource(random))
                : new Facts.Passing(portal(random), pick(random, List.of(Direction.values())));
        return new Facts(
                subject, asked, at, presented(random), standing(random, at), site(random, at), random.nextInt(4) == 0);
    }

    private static PortalId portal(Random random) {
        return random.nextInt(50) == 0
                ? PortalId.of("elsewhere")
                : pick(random, Campus.PORTALS).id();
    }

    private static Resource resource(Random random) {
        return new Resource(
                random.nextInt(8) == 0 ? "other" : pick(random, KINDS),
                random.nextBoolean() ? Optional.of(pick(random, IDS)) : Optional.empty(),
                random.nextBoolean()
                        ? Optional.of(pick(random, List.of("science", "chemistry", "poisons", "none")))
                        : Optional.empty(),
                random.nextBoolean() ? Optional.of(pick(random, PLACES)) : Optional.empty());
    }

    private static Presented presented(Random random) {
        Presented.Builder shown = Presented.builder().liveness(random.nextBoolean());
        for (int i = random.nextInt(3); i >= 0; i--) {
            shown.method(pick(random, List.of(Method.values())), 20 + random.nextInt(3) * 10);
        }
        if (random.nextBoolean()) {
            shown.escorts(pick(random, IDS));
        }
        if (random.nextBoolean()) {
            shown.equipment(pick(random, THINGS), pick(random, THINGS));
        }
        if (random.nextBoolean()) {
            shown.temperature(random.nextBoolean() ? 36.6 : 37.3);
        }
        return shown.build();
    }

    private static Standing standing(Random random, Instant at) {
        Map<String, Instant> inductions = new HashMap<>();
        Map<String, Instant> approvals = new HashMap<>();
        for (String thing : THINGS) {
            if (random.nextBoolean()) {
                inductions.put(thing, at.plusSeconds(random.nextInt(3) - 1L));
            }
            if (random.nextBoolean()) {
                approvals.put(thing, at.plusSeconds(random.nextInt(3) - 1L));
            }
        }
        Instant from = at.plusSeconds(random.nextInt(3) - 2L);
        Optional<Stay> stay = random.nextBoolean()
                ? Optional.of(new Stay(
                        from,
                        from.plusSeconds(1 + random.nextInt(2)),
                        random.nextBoolean() ? Set.of() : Set.of(pick(random, PLACES)),
                        Optional.empty()))
                : Optional.empty();
        return new Standing(inductions, approvals, random.nextBoolean() ? Set.of(Purpose.ACCESS) : Set.of(), stay);
    }

    private static SiteFacts site(Random random, Instant at) {
        Map<ZoneCode, Integer> occupancy = new HashMap<>();
        Map<ZoneCode, List<Instant>> entries = new HashMap<>();
        Set<ZoneCode> inside = new HashSet<>();
        for (ZoneCode zone : PLACES) {
            occupancy.put(zone, random.nextInt(4));
            if (random.nextInt(3) == 0) {
                inside.add(zone);
            }
            List<Instant> times = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                times.add(at.minusSeconds(60L * random.nextInt(70)).plusNanos(random.nextInt(3) - 1L));
            }
            entries.put(zone, times);
        }
        return new SiteFacts(occupancy, inside, entries);
    }
}
