package io.gatehouse.codes.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(-7);
    private final ClockWatch watch = ClockWatch.create(NOON.minusSeconds(3_600), TOLERANCE, nanos::get);

    private Optional<String> code(Instant now) {
        return watch.whyNot(now).map(Reason::code);
    }

    private void elapse(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void believesNothingThatNobodyConfirmed() {
        assertThat(code(NOON)).contains("clock.unconfirmed");
    }

    @Test
    void believesAClockThatGoesOnAsTimeDoes() {
        assertThat(watch.confirm(NOON)).isEmpty();
        elapse(Duration.ofDays(400));
        Instant later = NOON.plus(Duration.ofDays(400));
        assertThat(code(later)).isEmpty();
        assertThat(code(later.plus(TOLERANCE))).isEmpty();
        assertThat(code(later.minus(TOLERANCE))).isEmpty();
    }

    @Test
    void refusesAClockThatWentBack() {
        watch.confirm(NOON);
        elapse(Duration.ofMinutes(10));
        assertThat(watch.whyNot(NOON))
                .hasValueSatisfying(reason -> assertThat(reason.toString())
                        .startsWith("clock.went-back")
                        .contains("600 s"));
        assertThat(code(NOON.plusSeconds(595).minusMillis(1))).contains("clock.went-back");
    }

    @Test
    void refusesAClockThatJumpedAhead() {
        watch.confirm(NOON);
        assertThat(code(NOON.plus(Duration.ofDays(1)))).contains("clock.went-ahead");
    }

    @Test
    void believesAgainOnceTheTimeIsConfirmedAnew() {
        watch.confirm(NOON);
        Instant set = NOON.minusSeconds(60);
        assertThat(code(set)).contains("clock.went-back");
        assertThat(watch.confirm(set)).isEmpty();
        assertThat(code(set)).isEmpty();
    }

    @Test
    void confirmsNoTimeBeforeAMomentThatIsCertainlyPast() {
        watch.passed(NOON);
        watch.passed(NOON.minusSeconds(500));
        assertThat(watch.confirm(NOON.minusSeconds(6)).map(Reason::code)).contains("clock.behind");
        assertThat(code(NOON.minusSeconds(6))).contains("clock.unconfirmed");
        assertThat(watch.confirm(NOON.minusSeconds(5))).isEmpty();
        watch.passed(NOON.plusSeconds(100));
        assertThat(code(NOON)).contains("clock.behind");
    }

    @Test
    void refusesAToleranceThatWatchesNothing() {
        for (Duration tolerance : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(2)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ClockWatch.create(NOON, tolerance, nanos::get));
        }
    }
}
