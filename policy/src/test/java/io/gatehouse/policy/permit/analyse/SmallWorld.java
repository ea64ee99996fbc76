package io.gatehouse.policy.permit.analyse;

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
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.GroupTree;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Requirements;
import io.gatehouse.policy.permit.rule.RequirementsBuilder;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.RuleBuilder;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A site, people and hours so few that every case can be tried. The first day is one on which the clocks go forward. */
final class SmallWorld {
    static final ZoneCode HOUSE = ZoneCode.of("house");
    static final ZoneCode ROOM = ZoneCode.of("room");
    static final Portal GATE = new Portal(PortalId.of("gate"), "Gate", PortalKind.DOOR, ZoneCode.OUTSIDE, HOUSE);
    static final Portal DOOR = new Portal(PortalId.of("door"), "Door", PortalKind.DOOR, HOUSE, ROOM);
    static final Site SITE = new Site(
            "House",
            ZoneId.of("Europe/Berlin"),
            List.of(Zone.of("house", "House"), new Zone(ROOM, "Room", Optional.of(HOUSE))),
            List.of(GATE, DOOR));
    static final LocalDate FIRST = LocalDate.of(2026, 3, 29);
    static final AnalysisOptions OPTIONS = new AnalysisOptions(FIRST, 3, 100_000);

    private static final int HOURS = 71;
    private static final GroupTree TREE = new GroupTree(
            Map.of("lab", Optional.empty(), "optics", Optional.of("lab"), "post:guard", Optional.empty()));
    private static final List<Person> PEOPLE = people();
    private static final List<Presented> SHOWN = shown();

    private SmallWorld() {}

    static PolicySet policy(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 2 + random.nextInt(6); i > 0; i--) {
            if (random.nextInt(4) == 0) {
                rules.add(rule(random, Rule.forbid("f" + i)));
            } else {
                RuleBuilder permit = Rule.permit("p" + i);
                for (int told = random.nextInt(6); told < 2; told++) {
                    permit.obligation("notify", "Tell desk " + told);
                }
                rules.add(rule(random, permit));
            }
        }
        return new PolicySet(1, rules, random.nextBoolean() ? TREE : GroupTree.undeclared(), Set.of(), 1);
    }

    private static Rule rule(Random random, RuleBuilder rule) {
        switch (random.nextInt(6)) {
            case 0 -> rule.persons(PersonId.of("e1"));
            case 1 -> rule.groups("lab");
            case 2 -> rule.groups("optics", "lab").posts("guard");
            case 3 -> rule.kinds(PersonKind.EMPLOYEE).level(random.nextInt(2));
            case 4 -> rule.groups("optics");
            default -> rule.anybody();
        }
        switch (random.nextInt(4)) {
            case 0 -> rule.zones(HOUSE);
            case 1 -> rule.zones(ROOM).portals(random.nextBoolean() ? GATE.id() : DOOR.id());
            case 2 -> rule.portals(GATE.id()).direction(random.nextBoolean() ? Direction.ENTRY : Direction.EXIT);
            default -> rule.anywhere();
        }
        if (random.nextInt(4) == 0) {
            rule.methods(random.nextBoolean() ? Method.CARD : Method.FACE);
        }
        if (random.nextInt(3) == 0) {
            rule.requires(requirements(random));
        }
        rule.when(random.nextBoolean() ? Schedule.always() : schedule(random));
        return rule.build();
    }

    private static Requirements requirements(Random random) {
        RequirementsBuilder asks = Requirements.builder();
        switch (random.nextInt(4)) {
            case 0 -> asks.liveness();
            case 1 -> asks.equipment("helmet");
            case 2 -> asks.twoKinds();
            default -> asks.liveness().twoKinds();
        }
        return asks.build();
    }

    private static Schedule schedule(Random random) {
        String start = String.format("%02d:00", random.nextInt(24));
        String end = String.format("%02d:00", random.nextInt(24));
        Schedule hours = Schedule.of(
                start.equals(end)
                        ? WeeklyHours.daily("00:00", "00:00")
                        : WeeklyHours.of(
                                EnumSet.of(DayOfWeek.SUNDAY, DayOfWeek.of(1 + random.nextInt(7))), start, end));
        return switch (random.nextInt(4)) {
            case 0 -> hours.until(FIRST.plusDays(random.nextInt(4) - 1L));
            case 1 -> hours.from(FIRST.plusDays(random.nextInt(2)));
            case 2 -> hours.in(ZoneId.of("Asia/Shanghai"));
            default -> hours;
        };
    }

    /** In which of all cases each rule decides; the decisions that follow are held against those of the engine now and then. */
    static Map<Rule, BitSet> decides(PolicySet policy) {
        Names names = Names.create();
        CompiledPolicy compiled = CompiledPolicy.compile(SITE, policy, names);
        Map<Rule, BitSet> decides = new LinkedHashMap<>();
        policy.rules().forEach(rule -> decides.put(rule, new BitSet()));
        int number = 0;
        for (Person person : PEOPLE) {
            Subject subject = Subject.of(names, person);
            Set<String> memberships = policy.groups().closure(person.groups());
            List<Rule> theirs = policy.rules().stream()
                    .filter(rule -> rule.who().includes(person, memberships))
                    .toList();
            for (Portal portal : SITE.portals()) {
                for (Direction way : Direction.values()) {
                    List<Rule> there = theirs.stream()
                            .filter(rule -> rule.where().includesDirection(way)
                                    && rule.where().includesPlace(SITE, portal, way))
                            .toList();
                    for (int hour = 0; hour < HOURS; hour++) {
                        Instant at =
                                FIRST.atStartOfDay(SITE.timeZone()).toInstant().plusSeconds(hour * 3_600L);
                        List<Rule> then = there.stream()
                                .filter(rule -> rule.when().holdsAt(at, SITE.timeZone()))
                                .toList();
                        for (Presented shown : SHOWN) {
                            decide(decides, then, shown, number);
                            if (number++ % 997 == 0) {
                                agree(
                                        decides,
                                        compiled,
                                        Facts.passing(subject, portal.id(), way, at, shown),
                                        number - 1);
                            }
                        }
                    }
                }
            }
        }
        return decides;
    }

    private static void decide(Map<Rule, BitSet> decides, List<Rule> rules, Presented shown, int number) {
        for (Rule rule : rules) {
            Requirements asks = rule.requires();
            boolean method = rule.methods().isEmpty() || rule.methods().stream().anyMatch(shown::hasMethod);
            boolean met = (!asks.liveness() || shown.liveness())
                    && shown.equipment().containsAll(asks.equipment())
                    && Integer.bitCount(shown.methodMask()) >= (asks.kinds() == 1 ? 0 : asks.kinds());
            if (method && (rule.effect() == Effect.PERMIT ? met : asks.isNone() || !met)) {
                decides.computeIfAbsent(rule, it -> new BitSet()).set(number);
            }
        }
    }

    private static void agree(Map<Rule, BitSet> decides, CompiledPolicy compiled, Facts facts, int number) {
        boolean forbidden = false;
        boolean permitted = false;
        for (Map.Entry<Rule, BitSet> entry : decides.entrySet()) {
            boolean decided = entry.getValue().get(number);
            forbidden |= decided && entry.getKey().effect() == Effect.FORBID;
            permitted |= decided && entry.getKey().effect() == Effect.PERMIT;
        }
        if ((permitted && !forbidden) != (compiled.decide(facts) == 0)) {
            throw new AssertionError("the engine decides otherwise on " + facts + " by " + compiled.policy());
        }
    }

    private static List<Person> people() {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Set<String> groups = new HashSet<>();
            for (int bit = 0; bit < 3; bit++) {
                if ((i >> bit & 1) != 0) {
                    groups.add(List.of("lab", "optics", "post:guard").get(bit));
                }
            }
            people.add(new Person(
                    PersonId.of((i & 8) != 0 ? "e1" : "e2"),
                    "Somebody",
                    (i & 16) != 0 ? PersonKind.EMPLOYEE : PersonKind.VISITOR,
                    groups,
                    i >> 5));
        }
        return people;
    }

    private static List<Presented> shown() {
        List<Presented> shown = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Presented.Builder builder = Presented.builder().liveness((i & 1) != 0);
            List<Method> methods = List.of(Method.CARD, Method.FACE, Method.CODE, Method.IRIS);
            for (int bit = 0; bit < 4; bit++) {
                if ((i >> (bit + 1) & 1) != 0) {
                    builder.method(methods.get(bit), 60);
                }
            }
            shown.add(((i & 32) != 0 ? builder.equipment("helmet") : builder).build());
        }
        return shown;
    }
}
