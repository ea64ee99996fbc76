package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.Portal;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.PortalKind;
import io.gatehouse.core.place.Site;
import io.gatehouse.core.place.Zone;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import io.gatehouse.policy.watch.Pattern.RefusedOften.Per;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Spot;
import io.gatehouse.policy.watch.Pattern.TooFarApart.Way;
import io.gatehouse.policy.watch.WatchEvent.Meaning;
import io.gatehouse.policy.watch.WatchEvent.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Streams of events and rules by chance, so close in time that windows begin and end at the very moments of events. */
final class RandomStreams {
    static final ZoneCode HOUSE = ZoneCode.of("house");
    static final ZoneCode LAB = ZoneCode.of("lab");
    static final ZoneCode CELL = ZoneCode.of("cell");
    static final ZoneCode SHOP = ZoneCode.of("shop");
    private static final List<ZoneCode> ZONES = List.of(HOUSE, LAB, CELL, SHOP);
    private static final Instant START = Instant.parse("2026-03-28T17:00:00Z");

    static final Site SITE = new Site(
            "Two houses",
            ZoneId.of("Europe/Berlin"),
            List.of(
                    Zone.of("house", "House"),
                    new Zone(LAB, "Laboratory", Optional.of(HOUSE)),
                    new Zone(CELL, "Cell", Optional.of(LAB)),
                    Zone.of("shop", "Shop")),
            List.of(
                    portal("front", ZoneCode.OUTSIDE, HOUSE),
                    portal("lab-door", HOUSE, LAB),
                    portal("cell-door", LAB, CELL),
                    portal("shop-door", ZoneCode.OUTSIDE, SHOP)));

    private final Random random;

    RandomStreams(Random random) {
        this.random = random;
    }

    private static Portal portal(String id, ZoneCode outer, ZoneCode inner) {
        return new Portal(PortalId.of(id), id, PortalKind.DOOR, outer, inner);
    }

    /** Delays are mostly shorter than 60 s; clocks of gates are ahead at times. */
    List<WatchEvent> events(int count) {
        List<WatchEvent> events = new ArrayList<>();
        Instant clock = START.plusSeconds(random.nextInt(86_400));
        int people = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int gap = random.nextInt(40);
            clock = clock.plusSeconds(gap == 0 ? random.nextInt(200_000) : gap < 15 ? 0 : random.nextInt(4) * 30L);
            long delay = random.nextInt(12) == 0 ? random.nextInt(600) - 60L : random.nextInt(5) * 15L;
            long jitter = random.nextInt(10) == 0 ? random.nextInt(40) : 0;
            events.add(event(i, clock.minusSeconds(delay), clock.minusSeconds(jitter), people));
        }
        return events;
    }

    private WatchEvent event(int index, Instant at, Instant recordedAt, int people) {
        Portal portal = SITE.portals().get(random.nextInt(SITE.portals().size()));
        boolean isStrange = random.nextInt(25) == 0;
        ZoneCode zone = isStrange
                ? ZoneCode.of("annex")
                : portal.destination(random.nextBoolean() ? Direction.ENTRY : Direction.EXIT);
        Optional<PortalId> id = Optional.of(isStrange ? PortalId.of("annex-door") : portal.id());
        int dice = random.nextInt(20);
        Meaning meaning =
                dice < 12 ? Meaning.PASSED : dice < 17 ? Meaning.REFUSED : dice < 18 ? Meaning.MOVED : Meaning.REPORT;
        EventKind kind = meaning == Meaning.REPORT
                ? random.nextBoolean() ? EventKind.DOOR_FORCED_OPEN : EventKind.DOOR_HELD_OPEN
                : EventKind.PASSAGE;
        return new WatchEvent(
                index,
                at,
                recordedAt,
                meaning,
                kind,
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of(subject(random.nextInt(people))),
                meaning == Meaning.MOVED ? Optional.empty() : id,
                Optional.of(zone));
    }

    private static Subject subject(int person) {
        PersonKind[] kinds = PersonKind.values();
        return new Subject(
                "p" + person,
                person == 3 ? Optional.empty() : Optional.of(kinds[person % kinds.length]),
                Set.of("group-" + person % 2));
    }

    WatchRules rules() {
        List<WatchRule> rules = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            rules.add(rule("r" + i, i));
        }
        return new WatchRules(1, rules);
    }

    private WatchRule rule(String id, int which) {
        int stay = 1 + random.nextInt(20);
        Pattern pattern = switch (which) {
            case 0 -> new Pattern.OutsideHours(Schedule.of(WeeklyHours.daily("07:00", "19:00")));
            case 1 -> new Pattern.Reported(Set.of(EventKind.DOOR_FORCED_OPEN));
            case 2 -> new Pattern.ManyPassages(2 + random.nextInt(4), minutes(1 + random.nextInt(10)));
            case 3 -> new Pattern.RefusedOften(1 + random.nextInt(3), minutes(1 + random.nextInt(10)), Per.PERSON);
            case 4 -> new Pattern.RefusedOften(1 + random.nextInt(4), minutes(1 + random.nextInt(10)), Per.PORTAL);
            case 5 -> tooFarApart();
            case 6 ->
                new Pattern.ManyDepartments(
                        List.of(LAB, HOUSE, SHOP), 2 + random.nextInt(2), minutes(stay), minutes(4L * stay));
            case 7 -> new Pattern.Reappears(Duration.ofMinutes(1 + random.nextInt(600)));
            case 8 -> new Pattern.Overstay(minutes(stay));
            case 9 -> new Pattern.OverLimit(random.nextInt(3));
            default ->
                new Pattern.MissingExit(
                        LocalTime.of(random.nextInt(24), random.nextInt(60)), minutes(random.nextInt(40)));
        };
        return WatchRule.of(id, Severity.WARNING, pattern, scope(which));
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private Pattern tooFarApart() {
        return new Pattern.TooFarApart(
                List.of(
                        new Spot("house", Set.of(), Set.of(HOUSE)),
                        new Spot("cell", Set.of(PortalId.of("cell-door")), Set.of()),
                        new Spot("shop", Set.of(), Set.of(SHOP))),
                minutes(1 + random.nextInt(8)),
                random.nextBoolean() ? List.of() : List.of(new Way("shop", "cell", minutes(1 + random.nextInt(30)))));
    }

    private Scope scope(int which) {
        boolean isStay = which == 6 || which >= 8;
        ZoneCode zone = ZONES.get(random.nextInt(ZONES.size()));
        Scope scope = which != 6 && (which == 9 || random.nextBoolean()) ? Scope.ofZones(zone) : Scope.all();
        if (!isStay && random.nextInt(4) == 0) {
            scope = scope.portals(SITE.portals().get(random.nextInt(4)).id());
        }
        if (which != 9 && random.nextInt(3) == 0) {
            scope = scope.kinds(PersonKind.VISITOR);
        }
        return which != 9 && random.nextInt(4) == 0 ? scope.groups(Set.of("group-1")) : scope;
    }
}
