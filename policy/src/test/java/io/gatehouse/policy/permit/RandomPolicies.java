package io.gatehouse.policy.permit;

import io.gatehouse.core.decision.AccessRequest;
import io.gatehouse.core.identity.Identity;
import io.gatehouse.core.identity.Method;
import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.place.Direction;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.policy.permit.rule.PolicySet;
import io.gatehouse.policy.permit.rule.Rule;
import io.gatehouse.policy.permit.rule.RuleBuilder;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random schedules, policies and requests that lie near each other, many of them around clock changes. */
final class RandomPolicies {
    /** Ordinary ones, a half-hour clock change, changes at midnight, a day that never was, and none at all. */
    static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Asia/Shanghai"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Africa/Cairo"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Pacific/Apia"));

    private static final List<LocalDate> DATES = List.of(
            LocalDate.of(2026, 3, 28),
            LocalDate.of(2026, 10, 24),
            LocalDate.of(2026, 3, 7),
            LocalDate.of(2026, 10, 31),
            LocalDate.of(2026, 4, 4),
            LocalDate.of(2026, 4, 23),
            LocalDate.of(2018, 2, 17),
            LocalDate.of(2018, 11, 3),
            LocalDate.of(2011, 12, 29));
    private static final List<String> TIMES =
            List.of("00:00", "00:30", "01:45", "02:00", "02:15", "02:30", "03:00", "07:00", "12:00", "19:00", "23:30");
    private static final List<ZoneCode> PLACES =
            List.of(ZoneCode.OUTSIDE, Campus.CAMPUS, Campus.BUILDING, Campus.OFFICE, Campus.LABORATORY, Campus.POISONS);

    private RandomPolicies() {}

    static Instant minute(Random random, ZoneId zone) {
        LocalDateTime local = pick(random, DATES)
                .atStartOfDay()
                .plusMinutes(random.nextInt(3 * 24 * 60))
                .minusDays(1);
        return local.atZone(zone).toInstant();
    }

    static Schedule schedule(Random random) {
        List<WeeklyHours> hours = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            hours.add(hours(random));
        }
        Schedule schedule = Schedule.of(hours.toArray(WeeklyHours[]::new));
        LocalDate from = pick(random, DATES).plusDays(random.nextInt(3));
        if (random.nextInt(4) == 0) {
            schedule = schedule.from(from);
        }
        if (random.nextInt(4) == 0) {
            schedule = schedule.until(from.plusDays(random.nextInt(3)));
        }
        return schedule;
    }

    static PolicySet policy(Random random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            rules.add(rule(random, i));
        }
        return new PolicySet(1, rules);
    }

    static AccessRequest request(Random random, ZoneId zone) {
        PersonId person = random.nextInt(20) == 0
                ? PersonId.of("stranger")
                : pick(random, Campus.PEOPLE).id();
        return new AccessRequest(
                Identity.Known.of(person, pick(random, List.of(Method.values())), 40),
                pick(random, Campus.PORTALS),
                pick(random, List.of(Direction.values())),
                minute(random, zone).plusNanos(random.nextInt(2)));
    }

    private static Rule rule(Random random, int number) {
        boolean forbids = random.nextInt(6) == 0;
        RuleBuilder rule = forbids ? Rule.forbid("f" + number) : Rule.permit("p" + number);
        switch (random.nextInt(4)) {
            case 0 -> rule.anybody();
            case 1 -> rule.persons(pick(random, Campus.PEOPLE).id());
            case 2 -> rule.groups(pick(random, List.of("office", "laboratory", "maintenance", "nobody")));
            default -> rule.kinds(pick(random, List.of(PersonKind.values()))).groups("office", "maintenance");
        }
        switch (random.nextInt(4)) {
            case 0 -> rule.anywhere();
            case 1 -> rule.portals(pick(random, Campus.PORTALS).id());
            case 2 -> rule.zones(pick(random, PLACES), pick(random, PLACES));
            default ->
                rule.zones(pick(random, PLACES))
                        .portals(pick(random, Campus.PORTALS).id());
        }
        if (random.nextInt(3) == 0) {
            rule.direction(pick(random, List.of(Direction.values())));
        }
        if (random.nextInt(3) == 0) {
            rule.methods(pick(random, List.of(Method.values())), Method.CARD);
        }
        if (!forbids && random.nextInt(3) == 0) {
            rule.obligation("notify", "Tell desk " + random.nextInt(3));
        }
        return rule.when(schedule(random)).build();
    }

    private static WeeklyHours hours(Random random) {
        EnumSet<DayOfWeek> days = EnumSet.of(pick(random, List.of(DayOfWeek.values())));
        if (random.nextBoolean()) {
            days.addAll(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.FRIDAY));
        }
        LocalTime start = LocalTime.parse(pick(random, TIMES));
        LocalTime end = LocalTime.parse(pick(random, TIMES));
        return start.equals(end)
                ? new WeeklyHours(days, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT)
                : new WeeklyHours(days, start, end);
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
