package io.gatehouse.policy.permit.document;

import io.gatehouse.policy.internal.document.Element;
import io.gatehouse.policy.internal.document.Fields;
import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads schedules: by name, or written out; dates by the name of a calendar, or written out. Used by one thread. */
final class ScheduleReader {
    private static final int MAX_LISTED = 10;

    private final Map<String, Set<LocalDate>> calendars = new HashMap<>();
    private final Map<String, Schedule> named = new HashMap<>();

    ScheduleReader(Fields root) {
        root.optional("calendars")
                .ifPresent(element -> element.entries().forEach((name, dates) -> calendars.put(name, dates(dates))));
        root.optional("schedules")
                .ifPresent(element ->
                        element.entries().forEach((name, schedule) -> named.put(name, writtenOut(schedule))));
    }

    Schedule read(Element element) {
        if (!element.isText()) {
            return writtenOut(element);
        }
        Schedule schedule = named.get(element.text());
        if (schedule == null) {
            throw element.refuse("the name of one of the schedules " + listed(named.keySet()));
        }
        return schedule;
    }

    private Schedule writtenOut(Element element) {
        Fields fields = element.fields("hours", "from", "until", "only", "except", "time-zone");
        List<WeeklyHours> hours = fields.list("hours", ScheduleReader::hours);
        Optional<LocalDate> from = fields.optional("from").map(ScheduleReader::date);
        Optional<LocalDate> until = fields.optional("until").map(ScheduleReader::date);
        Set<LocalDate> only = fields.optional("only").map(this::datesOrCalendar).orElse(Set.of());
        Set<LocalDate> except =
                fields.optional("except").map(this::datesOrCalendar).orElse(Set.of());
        Optional<ZoneId> zone =
                fields.optional("time-zone").map(it -> it.parsed("a time zone such as Asia/Shanghai", ZoneId::of));
        return element.made(() -> new Schedule(hours, from, until, only, except, zone));
    }

    private static WeeklyHours hours(Element element) {
        Fields fields = element.fields("days", "from", "to");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        fields.optional("days")
                .ifPresentOrElse(
                        list -> list.items().forEach(day -> days.add(day.word(DayOfWeek.class))),
                        () -> days.addAll(EnumSet.allOf(DayOfWeek.class)));
        LocalTime from = time(fields.required("from"));
        LocalTime to = time(fields.required("to"));
        return element.made(() -> new WeeklyHours(days, from, to));
    }

    /** 24:00 is the end of the day, which is written 00:00 elsewhere. */
    private static LocalTime time(Element element) {
        return element.parsed(
                "a time such as 07:00", text -> text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text));
    }

    private Set<LocalDate> datesOrCalendar(Element element) {
        if (!element.isText()) {
            return dates(element);
        }
        Set<LocalDate> dates = calendars.get(element.text());
        if (dates == null) {
            throw element.refuse("a list of dates, or the name of one of the calendars " + listed(calendars.keySet()));
        }
        return dates;
    }

    private static Set<LocalDate> dates(Element element) {
        return new HashSet<>(element.items(ScheduleReader::date));
    }

    private static LocalDate date(Element element) {
        return element.parsed("a date such as 2026-05-01", LocalDate::parse);
    }

    private static String listed(Set<String> names) {
        return names.size() <= MAX_LISTED ? new TreeSet<>(names).toString() : "(there are " + names.size() + ")";
    }
}
