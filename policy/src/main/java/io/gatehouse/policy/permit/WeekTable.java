package io.gatehouse.policy.permit;

import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as bits of a week: one for each quarter of an hour, or for each minute or second if its hours need that. Hours
 * over midnight have their second half in a table of its own, since the date they belong to is the one before. Immutable and
 * thread-safe; asks without allocating.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class WeekTable {
    private static final int DAY = 86_400;
    private static final int WEEK = 7 * DAY;
    private static final int QUARTER = 900;
    private static final int MINUTE = 60;
    /** 1 January 1970 was a Thursday. */
    private static final int MONDAY = 3;

    private final int quantum;
    private final long[] started;
    private final long @Nullable [] spilled;
    private final int from;
    private final int until;
    private final int[] only;
    private final int[] except;
    private final @Nullable WallClock ownClock;

    private WeekTable(Schedule schedule, Function<ZoneId, WallClock> clocks) {
        this.quantum = quantum(schedule.hours());
        this.started = new long[(WEEK / quantum + 63) / 64];
        long[] spill = new long[started.length];
        boolean spills = false;
        for (WeeklyHours range : schedule.hours()) {
            int start = range.start().toSecondOfDay();
            int end = range.end().toSecondOfDay();
            for (DayOfWeek day : range.days()) {
                int midnight = day.ordinal() * DAY;
                boolean over = end <= start;
                fill(started, midnight + start, midnight + (over ? DAY : end));
                if (over && end > 0) {
                    spills = true;
                    int next = (midnight + DAY) % WEEK;
                    fill(spill, next, next + end);
                }
            }
        }
        if (schedule.hours().isEmpty()) {
            fill(started, 0, WEEK);
        }
        this.spilled = spills ? spill : null;
        this.from = schedule.from().map(WeekTable::day).orElse(Integer.MIN_VALUE);
        this.until = schedule.until().map(WeekTable::day).orElse(Integer.MAX_VALUE);
        this.only = days(schedule.only());
        this.except = days(schedule.except());
        this.ownClock = schedule.timeZone().map(clocks).orElse(null);
    }

    static WeekTable of(Schedule schedule, Function<ZoneId, WallClock> clocks) {
        return new WeekTable(schedule, clocks);
    }

    /**
     * Whether it holds.
     *
     * @param siteSecond  on the site's wall, see {@link WallClock#localSecond}
     * @param epochSecond the same moment, for schedules with a clock of their own
     */
    boolean holds(long siteSecond, long epochSecond) {
        long local = ownClock == null ? siteSecond : ownClock.localSecond(epochSecond);
        int day = (int) Math.floorDiv(local, (long) DAY);
        int second = (int) (local - (long) day * DAY);
        int bit = Math.floorMod(day + MONDAY, 7) * (DAY / quantum) + bits(second);
        if ((started[bit >> 6] & 1L << bit) != 0 && includes(day)) {
            return true;
        }
        return spilled != null && (spilled[bit >> 6] & 1L << bit) != 0 && includes(day - 1);
    }

    /** Divisions by a constant cost a multiplication. */
    private int bits(int second) {
        return quantum == QUARTER ? second / QUARTER : quantum == MINUTE ? second / MINUTE : second;
    }

    private boolean includes(int day) {
        return day >= from
                && day <= until
                && (only.length == 0 || Arrays.binarySearch(only, day) >= 0)
                && (except.length == 0 || Arrays.binarySearch(except, day) < 0);
    }

    private void fill(long[] bits, int fromSecond, int toSecond) {
        for (int bit = fromSecond / quantum; bit < toSecond / quantum; bit++) {
            bits[bit >> 6] |= 1L << bit;
        }
    }

    private static int quantum(List<WeeklyHours> hours) {
        int quantum = QUARTER;
        for (WeeklyHours range : hours) {
            int start = range.start().toSecondOfDay();
            int end = range.end().toSecondOfDay();
            if (start % QUARTER != 0 || end % QUARTER != 0) {
                quantum = Math.min(quantum, MINUTE);
            }
            if (start % MINUTE != 0 || end % MINUTE != 0) {
                quantum = 1;
            }
        }
        return quantum;
    }

    private static int[] days(Collection<LocalDate> dates) {
        return dates.stream().mapToInt(WeekTable::day).sorted().toArray();
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }
}
