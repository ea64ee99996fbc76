package io.gatehouse.policy.permit;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.facts.Names;
import io.gatehouse.policy.permit.rule.Effect;
import io.gatehouse.policy.permit.rule.Limit;
import io.gatehouse.policy.permit.rule.Operation;
import io.gatehouse.policy.permit.rule.Operation.Action;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.Who;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns rules into tables. A rule is put where it will be looked for: at each zone that lies in one of its zones, at its
 * portals, or anywhere; there under its persons, or else under the rarest of its posts, groups and departments, or its kinds of
 * people, or anybody. What that does not say stands in its row, and what is rarer in an {@link Extra}. Used by one thread.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class Compiler {
    private static final int BOTH_WAYS = 3;

    private final Ground ground;
    private final GroupNumbers groups;
    private final Map<String, Integer> resourceKinds = new HashMap<>();
    private final Map<PersonId, Integer> persons = new HashMap<>();
    private final IdentityHashMap<Schedule, Integer> seen = new IdentityHashMap<>();
    private final Map<Schedule, Integer> scheduleNumbers = new HashMap<>();
    private final Map<ZoneId, WallClock> clocks = new HashMap<>();
    private final Map<Limit, CompiledLimit> limits = new HashMap<>();
    private final List<WeekTable> schedules = new ArrayList<>();
    private final List<Extra> extras = new ArrayList<>();
    private final RuleTable.Builder permits;
    private final RuleTable.Builder forbids;
    private final RuleTable.Builder byPerson;

    Compiler(Site site, PolicySet policy, List<Rule> rules, Names names) {
        this.ground = Ground.of(site);
        this.groups = GroupNumbers.of(names, policy.groups());
        for (Rule rule : rules) {
            rule.operation()
                    .ifPresent(it ->
                            it.resources().forEach(kind -> resourceKinds.putIfAbsent(kind, 1 + resourceKinds.size())));
            rule.who().persons().forEach(person -> persons.putIfAbsent(person, persons.size()));
        }
        int places = ground.places() + (1 + resourceKinds.size()) * Action.values().length;
        this.permits = new RuleTable.Builder(places);
        this.forbids = new RuleTable.Builder(places);
        this.byPerson = new RuleTable.Builder(places);
    }

    Tables compile(List<Rule> rules) {
        for (int number = 0; number < rules.size(); number++) {
            add(rules.get(number), number);
        }
        return new Tables(
                ground,
                groups,
                Map.copyOf(resourceKinds),
                Map.copyOf(persons),
                schedules.toArray(WeekTable[]::new),
                extras.toArray(Extra[]::new),
                permits.build(),
                forbids.build(),
                byPerson.build(),
                clock(ground.site().timeZone()));
    }

    private void add(Rule rule, int number) {
        int schedule = scheduleNumber(rule.when());
        Found found = found(rule.who());
        int extra = -1;
        if (Extra.isNeeded(rule, found.rest())) {
            extra = extras.size();
            extras.add(new Extra(rule, found.rest(), groups, ground, this::limit));
        }
        RuleTable.Builder table = rule.effect() == Effect.PERMIT ? permits : forbids;
        for (Spot spot : spots(rule)) {
            int masks = RowMasks.of(spot.directions(), rule.who(), rule.methods());
            for (int code : found.codes()) {
                table.add(spot.place(), code, number, schedule, masks, extra);
            }
        }
        for (int code : found.codes()) {
            byPerson.add(Ground.ANYWHERE, code, number, schedule, 0, extra);
        }
    }

    /** Under what a rule is found, and which groups are left to ask for. */
    private record Found(int[] codes, int[][] rest) {}

    private Found found(Who who) {
        List<int[]> sets = new ArrayList<>();
        addSet(sets, Who.POST, who.posts());
        addSet(sets, "", who.groups());
        addSet(sets, Who.DEPARTMENT, who.departments());
        if (!who.persons().isEmpty()) {
            int[] codes = who.persons().stream()
                    .mapToInt(person -> GroupCodes.ofPerson(persons.getOrDefault(person, 0)))
                    .toArray();
            return new Found(codes, sets.toArray(int[][]::new));
        }
        if (!sets.isEmpty()) {
            int[] codes = Arrays.stream(sets.remove(0)).map(GroupCodes::ofGroup).toArray();
            return new Found(codes, sets.toArray(int[][]::new));
        }
        int[] codes = who.kinds().stream().mapToInt(GroupCodes::ofKind).toArray();
        return new Found(codes.length == 0 ? new int[] {GroupCodes.ANYBODY} : codes, new int[0][]);
    }

    private void addSet(List<int[]> sets, String prefix, Set<String> names) {
        if (!names.isEmpty()) {
            sets.add(groups.ofAny(prefix, names));
        }
    }

    /** A place and the directions in which a rule holds there. */
    private record Spot(int place, int directions) {}

    private List<Spot> spots(Rule rule) {
        if (rule.operation().isPresent()) {
            return operations(rule.operation().get());
        }
        int directions = rule.where().direction().map(Compiler::bit).orElse(BOTH_WAYS);
        Set<ZoneCode> zones = new HashSet<>();
        rule.where().zones().forEach(zone -> zones.addAll(ground.within(zone)));
        if (!rule.where().portals().isEmpty()) {
            return portals(rule.where().portals(), zones, directions);
        }
        if (zones.isEmpty()) {
            return List.of(new Spot(Ground.ANYWHERE, directions));
        }
        return zones.stream()
                .map(zone -> new Spot(ground.zonePlace(zone), directions))
                .toList();
    }

    private List<Spot> portals(Set<PortalId> ids, Set<ZoneCode> zones, int directions) {
        List<Spot> spots = new ArrayList<>();
        for (PortalId id : ids) {
            int portal = ground.portal(id);
            int possible = 0;
            for (Direction direction : Direction.values()) {
                if (zones.isEmpty() || zones.contains(ground.portal(portal).destination(direction))) {
                    possible |= bit(direction);
                }
            }
            if ((directions & possible) != 0) {
                spots.add(new Spot(ground.portalPlace(portal), directions & possible));
            }
        }
        return spots;
    }

    private List<Spot> operations(Operation operation) {
        List<Spot> spots = new ArrayList<>();
        for (Action action : operation.actions()) {
            if (operation.resources().isEmpty()) {
                spots.add(new Spot(Tables.operation(ground, 0, action), BOTH_WAYS));
            }
            for (String kind : operation.resources()) {
                spots.add(new Spot(Tables.operation(ground, resourceKinds.getOrDefault(kind, 0), action), BOTH_WAYS));
            }
        }
        return spots;
    }

    static int bit(Direction direction) {
        return 1 << direction.ordinal();
    }

    /** −1 for a schedule that always holds. */
    private int scheduleNumber(Schedule schedule) {
        return seen.computeIfAbsent(
                schedule,
                it -> it.isAlways()
                        ? -1
                        : scheduleNumbers.computeIfAbsent(it, one -> {
                            schedules.add(WeekTable.of(one, this::clock));
                            return schedules.size() - 1;
                        }));
    }

    private WallClock clock(ZoneId zone) {
        return clocks.computeIfAbsent(zone, WallClock::of);
    }

    private CompiledLimit limit(Limit limit) {
        return limits.computeIfAbsent(limit, it -> new CompiledLimit(it, ground, groups));
    }
}
