package io.gatehouse.core.store;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A backup a day; the newest of each day, week and month stays for some of these. */
record GenerationSchedule(LocalTime at, ZoneId zone, int days, int weeks, int months) implements BackupSchedule {
    private static final int MAX_SPANS = 10_000;

    GenerationSchedule {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(zone, "zone");
        if (days < 1 || weeks < 0 || months < 0 || Math.max(days, Math.max(weeks, months)) > MAX_SPANS) {
            throw new IllegalArgumentException("backups of at least 1 day and of no negative number of weeks and months"
                    + " stay, each at most " + MAX_SPANS + ", not of " + days + ", " + weeks + " and " + months);
        }
    }

    @Override
    public Instant due(Backup last, Instant now) {
        LocalDate day = day(last.takenAt());
        Instant today = day.atTime(at).atZone(zone).toInstant();
        return today.isAfter(last.takenAt())
                ? today
                : day.plusDays(1).atTime(at).atZone(zone).toInstant();
    }

    @Override
    public Set<Long> kept(List<Backup> backups, Instant now) {
        LocalDate today = day(now);
        LocalDate monday = monday(today);
        LocalDate first = today.withDayOfMonth(1);
        Set<Long> kept = new HashSet<>(newestOfEach(backups, day -> day, today.minusDays(days - 1L), today));
        if (weeks > 0) {
            LocalDate since = monday.minus(weeks - 1L, ChronoUnit.WEEKS);
            kept.addAll(newestOfEach(backups, GenerationSchedule::monday, since, monday));
        }
        if (months > 0) {
            LocalDate since = first.minusMonths(months - 1L);
            kept.addAll(newestOfEach(backups, day -> day.withDayOfMonth(1), since, first));
        }
        return Set.copyOf(kept);
    }

    /** By the first day of each span, of the spans from one to another. */
    private Set<Long> newestOfEach(List<Backup> backups, UnaryOperator<LocalDate> start, LocalDate from, LocalDate to) {
        Map<LocalDate, Long> newest = new HashMap<>();
        for (Backup backup : backups) {
            LocalDate span = start.apply(day(backup.takenAt()));
            if (!span.isBefore(from) && !span.isAfter(to)) {
                newest.merge(span, backup.number(), Math::max);
            }
        }
        return Set.copyOf(newest.values());
    }

    private LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
