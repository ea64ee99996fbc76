package io.gatehouse.policy.permit.rule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a rule holds: weekly hours between two dates, on some dates only or except on some. Immutable and thread-safe.
 *
 * <p>Schedules are read off the clock on the wall, in the site's time zone or one of their own. When clocks go forward, hours that start in
 * the skipped hour start with the first moment after it, and hours that lie wholly in it do not occur; when clocks go
 * back, hours within the repeated hour hold in both. A shift 22:00–06:00 is thus seven or nine hours long in those
 * nights, as it is for the people who work it. (Comparing instants instead, with each local time resolved to one
 * instant, would start 02:30 at 03:30 in the night that skips it.)
 *
 * @param hours any of these; empty for all day, every day
 * @param from  the first date, if any; hours over midnight belong to the date they start on
 * @param until the last date, inclusive, if any
 * @param only  the dates on which it holds; empty for all
 * @param except dates on which it does not hold, such as holidays
 * @param timeZone whose clock it is read off, if not the site's
 */
public record Schedule(
        List<WeeklyHours> hours,
        Optional<LocalDate> from,
        Optional<LocalDate> until,
        Set<LocalDate> only,
        Set<LocalDate> except,
        Optional<ZoneId> timeZone) {
    private static final Schedule ALWAYS =
            new Schedule(List.of(), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.empty());

    private static final List<WeeklyHours> WHOLE_WEEK =
            List.of(new WeeklyHours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

    /** Every weekday occurs twice in it, so that hours which one clock change swallows are still found. */
    private static final int HORIZON_DAYS = 15;

    private static final int MAX_HOURS = 1_000;
    private static final int MAX_DATES = 2_000;
    private static final int WEEK = 7;

    public Schedule {
        hours = List.copyOf(hours);
        only = Set.copyOf(only);
        except = Set.copyOf(except);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(timeZone, "timeZone");
        if (hours.size() > MAX_HOURS) {
            throw new IllegalArgumentException(
                    "a schedule has at most " + MAX_HOURS + " weekly hours, this one " + hours.size());
        }
        if (only.size() > MAX_DATES || except.size() > MAX_DATES) {
            throw new IllegalArgumentException("a schedule names at most " + MAX_DATES
                    + " dates and as many exceptions, " + "this one " + only.size() + " and " + except.size());
        }
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            throw new IllegalArgumentException(
                    "a schedule until " + until.get() + " ends before it begins, on " + from.get());
        }
        requirePossible(hours, from, until, only, except);
    }

    /** Dates that leave none are a slip of whoever wrote them. */
    private static void requirePossible(
            List<WeeklyHours> hours,
            Optional<LocalDate> from,
            Optional<LocalDate> until,
            Set<LocalDate> only,
            Set<LocalDate> except) {
        boolean possible = only.isEmpty()
                || only.stream()
                        .filter(date -> from.filter(date::isBefore).isEmpty())
                        .filter(date -> until.filter(date::isAfter).isEmpty())
                        .filter(date -> !except.contains(date))
                        .anyMatch(date -> hours.isEmpty()
                                || hours.stream().anyMatch(it -> it.days().contains(date.getDayOfWeek())));
        if (!possible) {
            throw new IllegalArgumentException(
                    "a schedule holds on none of its " + only.size() + " dates: they lie outside its other conditions");
        }
    }

    public static Schedule always() {
        return ALWAYS;
    }

    public static Schedule of(WeeklyHours... hours) {
        return new Schedule(List.of(hours), Optional.empty(), Optional.empty(), Set.of(), Set.of(), Optional.empty());
    }

    /** Whether it holds at any time. */
    public boolean isAlways() {
        return hours.isEmpty() && from.isEmpty() && until.isEmpty() && only.isEmpty() && except.isEmpty();
    }

    /** The same hours, from this date on. */
    public Schedule from(LocalDate first) {
        return new Schedule(hours, Optional.of(first), until, only, except, timeZone);
    }

    /** The same hours, until this date inclusive. */
    public Schedule until(LocalDate last) {
        return new Schedule(hours, from, Optional.of(last), only, except, timeZone);
    }

    /** The same hours, on these dates only. */
    public Schedule only(Set<LocalDate> dates) {
        return new Schedule(hours, from, until, dates, except, timeZone);
    }

    /** The same hours, except on these dates, such as holidays. */
    public Schedule except(Set<LocalDate> dates) {
        return new Schedule(hours, from, until, only, dates, timeZone);
    }

    /** The same hours, read off the clock of this time zone. */
    public Schedule in(ZoneId zone) {
        return new Schedule(hours, from, until, only, except, Optional.of(zone));
    }

    /** Whether it holds at a moment, at a site in this time zone. */
    public boolean holdsAt(Instant at, ZoneId siteTime) {
        LocalDateTime wallClock = LocalDateTime.ofInstant(at, timeZone.orElse(siteTime));
        return occurring().stream().anyMatch(it -> it.hold(wallClock, this::includesDate));
    }

    /**
     * The first moment at or after this one at which the schedule holds; empty if it never does again. A week that a
     * clock change robs of the only hours is looked past.
     */
    public Optional<ZonedDateTime> nextOpening(Instant at, ZoneId siteTime) {
        ZoneId zone = timeZone.orElse(siteTime);
        if (holdsAt(at, zone)) {
            return Optional.of(at.atZone(zone));
        }
        return datesOfOpenings(LocalDate.ofInstant(at, zone).minusDays(1)).stream()
                .flatMap(date -> possibleOpenings(date, zone).stream())
                .filter(opening -> opening.isAfter(at) && holdsAt(opening, zone))
                .findFirst()
                .map(opening -> opening.atZone(zone));
    }

    /** Hours over midnight may open on the day after one of its dates, where the clock jumps. */
    private Collection<LocalDate> datesOfOpenings(LocalDate yesterday) {
        LocalDate first = from.filter(yesterday::isBefore).orElse(yesterday);
        if (only.isEmpty()) {
            long horizon = HORIZON_DAYS + (long) WEEK * except.size();
            return first.datesUntil(first.plusDays(horizon)).toList();
        }
        TreeSet<LocalDate> dates = new TreeSet<>();
        only.stream().filter(date -> !date.isBefore(first)).forEach(date -> {
            dates.add(date);
            dates.add(date.plusDays(1));
        });
        return dates;
    }

    /** On a date, a closed schedule can open only where hours start or where the clock jumps. */
    private TreeSet<Instant> possibleOpenings(LocalDate date, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        TreeSet<Instant> openings = new TreeSet<>();
        for (WeeklyHours range : occurring()) {
            if (range.startsOn(date, this::includesDate)) {
                LocalDateTime start = date.atTime(range.start());
                for (ZoneOffset offset : rules.getValidOffsets(start)) {
                    openings.add(start.toInstant(offset));
                }
            }
        }
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        ZoneOffsetTransition jump =
                rules.nextTransition(date.atStartOfDay(zone).toInstant().minusSeconds(1));
        while (jump != null && jump.getInstant().isBefore(end)) {
            openings.add(jump.getInstant());
            jump = rules.nextTransition(jump.getInstant());
        }
        return openings;
    }

    private List<WeeklyHours> occurring() {
        return hours.isEmpty() ? WHOLE_WEEK : hours;
    }

    private boolean includesDate(LocalDate date) {
        return from.filter(date::isBefore).isEmpty()
                && until.filter(date::isAfter).isEmpty()
                && (only.isEmpty() || only.contains(date))
                && !except.contains(date);
    }
}
