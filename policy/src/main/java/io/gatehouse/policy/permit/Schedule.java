package io.gatehouse.policy.permit;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When a rule holds: weekly hours between two dates. Immutable and thread-safe.
 *
 * <p>Schedules are read off the clock on the wall, in the site's time zone. When clocks go forward, hours that start in
 * the skipped hour start with the first moment after it, and hours that lie wholly in it do not occur; when clocks go
 * back, hours within the repeated hour hold in both. A shift 22:00–06:00 is thus seven or nine hours long in those
 * nights, as it is for the people who work it. (Comparing instants instead, with each local time resolved to one
 * instant, would start 02:30 at 03:30 in the night that skips it.)
 *
 * @param hours any of these; empty for all day, every day
 * @param from  the first date, if any; hours over midnight belong to the date they start on
 * @param until the last date, inclusive, if any
 */
public record Schedule(List<WeeklyHours> hours, Optional<LocalDate> from, Optional<LocalDate> until) {
    private static final List<WeeklyHours> WHOLE_WEEK =
            List.of(new WeeklyHours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT));

    /** Every weekday occurs twice in it, so that hours which one clock change swallows are still found. */
    private static final int HORIZON_DAYS = 15;

    private static final int MAX_HOURS = 1_000;

    public Schedule {
        hours = List.copyOf(hours);
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        if (hours.size() > MAX_HOURS) {
            throw new IllegalArgumentException(
                    "a schedule has at most " + MAX_HOURS + " weekly hours, this one " + hours.size());
        }
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            throw new IllegalArgumentException(
                    "a schedule until " + until.get() + " ends before it begins, on " + from.get());
        }
    }

    public static Schedule always() {
        return new Schedule(List.of(), Optional.empty(), Optional.empty());
    }

    public static Schedule of(WeeklyHours... hours) {
        return new Schedule(List.of(hours), Optional.empty(), Optional.empty());
    }

    /** The same hours, from this date on. */
    public Schedule from(LocalDate first) {
        return new Schedule(hours, Optional.of(first), until);
    }

    /** The same hours, until this date inclusive. */
    public Schedule until(LocalDate last) {
        return new Schedule(hours, from, Optional.of(last));
    }

    public boolean holdsAt(Instant at, ZoneId timeZone) {
        LocalDateTime wallClock = LocalDateTime.ofInstant(at, timeZone);
        return occurring().stream().anyMatch(it -> it.hold(wallClock, this::includesDate));
    }

    /**
     * The first moment at or after this one at which the schedule holds; empty if it never does again. A week that a
     * clock change robs of the only hours is looked past.
     */
    public Optional<ZonedDateTime> nextOpening(Instant at, ZoneId timeZone) {
        if (holdsAt(at, timeZone)) {
            return Optional.of(at.atZone(timeZone));
        }
        return possibleOpenings(at, timeZone).stream()
                .filter(opening -> holdsAt(opening, timeZone))
                .findFirst()
                .map(opening -> opening.atZone(timeZone));
    }

    /** A closed schedule can open only where hours start or where the clock jumps. */
    private TreeSet<Instant> possibleOpenings(Instant at, ZoneId timeZone) {
        ZoneRules rules = timeZone.getRules();
        LocalDate yesterday = LocalDate.ofInstant(at, timeZone).minusDays(1);
        LocalDate first = from.filter(yesterday::isBefore).orElse(yesterday);
        LocalDate last = first.plusDays(HORIZON_DAYS);
        TreeSet<Instant> openings = new TreeSet<>();
        for (LocalDate date = first; date.isBefore(last); date = date.plusDays(1)) {
            for (WeeklyHours range : occurring()) {
                if (range.startsOn(date, this::includesDate)) {
                    LocalDateTime start = date.atTime(range.start());
                    for (ZoneOffset offset : rules.getValidOffsets(start)) {
                        openings.add(start.toInstant(offset));
                    }
                }
            }
        }
        Instant horizon = last.atStartOfDay(timeZone).toInstant();
        ZoneOffsetTransition jump =
                rules.nextTransition(first.minusDays(1).atStartOfDay(timeZone).toInstant());
        while (jump != null && jump.getInstant().isBefore(horizon)) {
            openings.add(jump.getInstant());
            jump = rules.nextTransition(jump.getInstant());
        }
        return new TreeSet<>(openings.tailSet(at, false));
    }

    private List<WeeklyHours> occurring() {
        return hours.isEmpty() ? WHOLE_WEEK : hours;
    }

    private boolean includesDate(LocalDate date) {
        return from.filter(date::isBefore).isEmpty()
                && until.filter(date::isAfter).isEmpty();
    }
}
