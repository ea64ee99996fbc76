package io.gatehouse.policy.permit;

import static io.gatehouse.policy.permit.Campus.BERLIN;
import static io.gatehouse.policy.permit.Campus.berlin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.policy.permit.rule.Schedule;
import io.gatehouse.policy.permit.rule.WeeklyHours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final Schedule OFFICE_HOURS = Schedule.of(WeeklyHours.mondayToFriday("07:00", "19:00"));
    private static final Schedule FRIDAY_NIGHT =
            Schedule.of(WeeklyHours.of(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00"));

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T06:59:59.999999999, false",
        "2026-01-05T07:00, true",
        "2026-01-05T18:59:59.999999999, true",
        "2026-01-05T19:00, false",
        "2026-01-04T12:00, false",
        "2026-01-09T12:00, true",
        "2026-01-10T12:00, false",
    })
    void holdsFromStartInclusiveToEndExclusive(String at, boolean holds) {
        assertThat(OFFICE_HOURS.holdsAt(berlin(at), BERLIN)).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-09T21:59:59, false",
        "2026-01-09T22:00, true",
        "2026-01-09T23:59:59.999999999, true",
        "2026-01-10T00:00, true",
        "2026-01-10T05:59:59, true",
        "2026-01-10T06:00, false",
        "2026-01-10T22:00, false",
        "2026-01-09T03:00, false",
    })
    void rangeOverMidnightBelongsToTheDayItStarts(String at, boolean holds) {
        assertThat(FRIDAY_NIGHT.holdsAt(berlin(at), BERLIN)).isEqualTo(holds);
    }

    @Test
    void datesAreInclusiveAndCountTheDayThatHoursStart() {
        Schedule nights = Schedule.of(WeeklyHours.daily("22:00", "06:00"))
                .from(LocalDate.of(2026, 5, 2))
                .until(LocalDate.of(2026, 5, 3));
        assertThat(nights.holdsAt(berlin("2026-05-02T05:00"), BERLIN)).isFalse();
        assertThat(nights.holdsAt(berlin("2026-05-02T22:00"), BERLIN)).isTrue();
        assertThat(nights.holdsAt(berlin("2026-05-04T05:59"), BERLIN)).isTrue();
        assertThat(nights.holdsAt(berlin("2026-05-04T22:00"), BERLIN)).isFalse();
    }

    @Test
    void alwaysHoldsAtMidnightAndBetween() {
        assertThat(Schedule.always().holdsAt(berlin("2026-01-05T00:00"), BERLIN))
                .isTrue();
        assertThat(Schedule.always().holdsAt(berlin("2026-01-05T23:59:59.999999999"), BERLIN))
                .isTrue();
    }

    @Test
    void nightShiftIsSevenHoursWhenClocksGoForwardAndNineWhenTheyGoBack() {
        Schedule nights = Schedule.of(WeeklyHours.daily("22:00", "06:00"));
        assertThat(minutesHeld(nights, "2026-03-28T12:00", 24)).isEqualTo(7 * 60);
        assertThat(minutesHeld(nights, "2026-10-24T12:00", 24)).isEqualTo(9 * 60);
        assertThat(minutesHeld(nights, "2026-10-27T12:00", 24)).isEqualTo(8 * 60);
    }

    @Test
    void hoursThatStartInTheSkippedHourStartRightAfterIt() {
        Schedule early = Schedule.of(WeeklyHours.daily("02:30", "06:00"));
        Instant jump = Instant.parse("2026-03-29T01:00:00Z");
        assertThat(early.holdsAt(jump.minusNanos(1), BERLIN)).isFalse();
        assertThat(early.holdsAt(jump, BERLIN)).isTrue();
        assertThat(early.nextOpening(jump.minusSeconds(60), BERLIN)).contains(jump.atZone(BERLIN));
    }

    @Test
    void hoursWithinTheSkippedHourDoNotOccurThatNight() {
        Schedule brief = Schedule.of(WeeklyHours.of(Set.of(DayOfWeek.SUNDAY), "02:10", "02:50"));
        assertThat(minutesHeld(brief, "2026-03-28T12:00", 24)).isZero();
        assertThat(brief.nextOpening(berlin("2026-03-28T12:00"), BERLIN))
                .contains(berlin("2026-04-05T02:10").atZone(BERLIN));
    }

    @Test
    void hoursWithinTheRepeatedHourHoldInBoth() {
        Schedule brief = Schedule.of(WeeklyHours.daily("02:10", "02:50"));
        assertThat(minutesHeld(brief, "2026-10-24T12:00", 24)).isEqualTo(80);
        Instant secondTime = Instant.parse("2026-10-25T01:10:00Z");
        assertThat(brief.nextOpening(secondTime.minusSeconds(600), BERLIN)).contains(secondTime.atZone(BERLIN));
    }

    @Test
    void usesTheWallClockOfTheTimeZoneAsked() {
        Instant at = Instant.parse("2026-01-05T23:30:00Z");
        assertThat(OFFICE_HOURS.holdsAt(at, ZoneId.of("Asia/Shanghai"))).isTrue();
        assertThat(OFFICE_HOURS.holdsAt(at, BERLIN)).isFalse();
    }

    @Test
    void nextOpeningIsNowWhereItHoldsAndEmptyWhereItIsOver() {
        Instant noon = berlin("2026-01-05T12:00");
        assertThat(OFFICE_HOURS.nextOpening(noon, BERLIN)).contains(noon.atZone(BERLIN));
        assertThat(OFFICE_HOURS.until(LocalDate.of(2026, 1, 4)).nextOpening(noon, BERLIN))
                .isEmpty();
        assertThat(OFFICE_HOURS.from(LocalDate.of(2031, 6, 7)).nextOpening(noon, BERLIN))
                .contains(berlin("2031-06-09T07:00").atZone(BERLIN));
    }

    @Test
    void nextOpeningAgreesWithTryingEveryMinute() {
        long seed = System.nanoTime();
        System.out.println("nextOpeningAgreesWithTryingEveryMinute seed " + seed);
        Random cases = new Random(seed);
        int searchedMinutes = 3 * 24 * 60;
        for (int i = 0; i < 400; i++) {
            ZoneId zone = RandomPolicies.ZONES.get(cases.nextInt(RandomPolicies.ZONES.size()));
            Schedule schedule = RandomPolicies.schedule(cases);
            Instant start = RandomPolicies.minute(cases, zone);
            var tried = IntStream.range(0, searchedMinutes)
                    .mapToObj(minute -> start.plusSeconds(60L * minute))
                    .filter(at -> schedule.holdsAt(at, zone))
                    .findFirst();
            var found = schedule.nextOpening(start, zone).map(it -> it.toInstant());
            String what = schedule + " in " + zone + " from " + start + ", seed " + seed;
            if (tried.isPresent()) {
                assertThat(found).as(what).isEqualTo(tried);
            } else {
                assertThat(found.filter(at -> at.isBefore(start.plusSeconds(60L * searchedMinutes))))
                        .as(what)
                        .isEmpty();
            }
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        LocalTime seven = LocalTime.of(7, 0);
        assertThatThrownBy(() -> new WeeklyHours(EnumSet.noneOf(DayOfWeek.class), seven, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no day");
        assertThatThrownBy(() -> WeeklyHours.daily("07:00", "07:00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("07:00");
        assertThatThrownBy(
                        () -> Schedule.always().from(LocalDate.of(2026, 2, 2)).until(LocalDate.of(2026, 2, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2026-02-01");
        WeeklyHours[] many = Stream.generate(() -> WeeklyHours.daily("07:00", "08:00"))
                .limit(1_001)
                .toArray(WeeklyHours[]::new);
        assertThatThrownBy(() -> Schedule.of(many)).hasMessageContaining("1001");
    }

    private static long minutesHeld(Schedule schedule, String from, int hours) {
        Instant start = berlin(from);
        return IntStream.range(0, hours * 60 + 60)
                .filter(minute -> schedule.holdsAt(start.plusSeconds(60L * minute), BERLIN))
                .count();
    }
}
