package io.gatehouse.policy.permit.rule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A range of wall-clock time on some days of the week, from {@code start} inclusive to {@code end} exclusive. An end
 * that is not after the start is on the next day: 22:00–06:00 on Friday lasts into Saturday and belongs to Friday.
 * 00:00–00:00 is the whole day. Immutable and thread-safe.
 *
 * @param days  the days on which it starts, at least one
 * @param start the first moment
 * @param end   the first moment after
 */
public record WeeklyHours(Set<DayOfWeek> days, LocalTime start, LocalTime end) {
    public WeeklyHours {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("weekly hours " + start + "–" + end + " have no day");
        }
        if (!start.truncatedTo(ChronoUnit.SECONDS).equals(start)
                || !end.truncatedTo(ChronoUnit.SECONDS).equals(end)) {
            throw new IllegalArgumentException("weekly hours " + start + "–" + end + " are not in whole seconds");
        }
        if (start.equals(end) && !start.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("weekly hours " + start + "–" + end
                    + " could be nothing or a whole day: write 00:00–00:00 for a whole day");
        }
    }

    /** Times are written as {@link LocalTime#parse(CharSequence)} reads them: {@code 07:00}. */
    public static WeeklyHours of(Set<DayOfWeek> days, String start, String end) {
        return new WeeklyHours(days, LocalTime.parse(start), LocalTime.parse(end));
    }

    public static WeeklyHours mondayToFriday(String start, String end) {
        return of(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), start, end);
    }

    public static WeeklyHours daily(String start, String end) {
        return of(EnumSet.allOf(DayOfWeek.class), start, end);
    }

    /** Whether hours that start on a day among {@code startDates} hold at this wall-clock time. */
    boolean hold(LocalDateTime wallClock, Predicate<LocalDate> startDates) {
        LocalDate today = wallClock.toLocalDate();
        LocalTime time = wallClock.toLocalTime();
        boolean started = startsOn(today, startDates) && !time.isBefore(start);
        if (start.isBefore(end)) {
            return started && time.isBefore(end);
        }
        return started || (time.isBefore(end) && startsOn(today.minusDays(1), startDates));
    }

    boolean startsOn(LocalDate date, Predicate<LocalDate> startDates) {
        return days.contains(date.getDayOfWeek()) && startDates.test(date);
    }
}
