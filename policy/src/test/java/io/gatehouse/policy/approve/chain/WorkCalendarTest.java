package io.gatehouse.policy.approve.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    @DisplayName("CAM-4 working days leave out weekends and holidays, and take in days that are made up for")
    void countsWorkingDays() {
        WorkCalendar plain = WorkCalendar.mondayToFriday(BERLIN);
        Instant friday = Instant.parse("2026-03-06T16:00:00Z");
        assertThat(plain.after(friday, 1)).isEqualTo(Instant.parse("2026-03-09T23:00:00Z"));
        assertThat(plain.holidays(Set.of(LocalDate.of(2026, 3, 9))).after(friday, 1))
                .isEqualTo(Instant.parse("2026-03-10T23:00:00Z"));
        WorkCalendar extra =
                new WorkCalendar(BERLIN, Set.of(DayOfWeek.MONDAY), Set.of(), Set.of(LocalDate.of(2026, 3, 7)));
        assertThat(extra.after(friday, 1)).isEqualTo(Instant.parse("2026-03-07T23:00:00Z"));
        assertThat(extra.after(friday, 3)).isEqualTo(Instant.parse("2026-03-16T23:00:00Z"));
    }

    @Test
    @DisplayName("CAM-4 the day is that of the place, also over a change of the clock")
    void followsTheClockOfThePlace() {
        WorkCalendar plain = WorkCalendar.mondayToFriday(BERLIN);
        Instant lateOnThursday = Instant.parse("2026-03-26T23:30:00Z");
        assertThat(plain.day(lateOnThursday)).isEqualTo(LocalDate.of(2026, 3, 27));
        assertThat(plain.after(lateOnThursday, 1)).isEqualTo(Instant.parse("2026-03-30T22:00:00Z"));
    }

    @Test
    void refusesACalendarWithoutWork() {
        assertThatThrownBy(() -> new WorkCalendar(BERLIN, Set.of(), Set.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
