package io.gatehouse.policy.approve.chain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which days count as working days, in a time zone. Immutable and thread-safe.
 *
 * @param timeZone where days begin
 * @param days     days of the week on which work is done, at least one
 * @param holidays dates on which it is not
 * @param extra    dates on which it is all the same, as where a free day is made up for
 */
public record WorkCalendar(ZoneId timeZone, Set<DayOfWeek> days, Set<LocalDate> holidays, Set<LocalDate> extra) {
    public WorkCalendar {
        Objects.requireNonNull(timeZone, "timeZone");
        days = Set.copyOf(days);
        holidays = Set.copyOf(holidays);
        extra = Set.copyOf(extra);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a calendar without a working day knows no deadline");
        }
    }

    /** Monday to Friday, without holidays. */
    public static WorkCalendar mondayToFriday(ZoneId timeZone) {
        return new WorkCalendar(timeZone, EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of(), Set.of());
    }

    /** The same with these holidays. */
    public WorkCalendar holidays(Set<LocalDate> dates) {
        return new WorkCalendar(timeZone, days, dates, extra);
    }

    public boolean isWorkingDay(LocalDate date) {
        return extra.contains(date) || (days.contains(date.getDayOfWeek()) && !holidays.contains(date));
    }

    /** The day that it is somewhere at this time. */
    public LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, timeZone);
    }

    /** The first moment after so many whole working days that follow the day of this time. */
    public Instant after(Instant from, int workingDays) {
        LocalDate day = day(from);
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            left -= isWorkingDay(day) ? 1 : 0;
        }
        return endOf(day);
    }

    /** The first moment after a day. */
    public Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(timeZone).toInstant();
    }
}
