package io.gatehouse.biometrics.gallery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that goes on as a clock does and never back. A clock that is set back stands still for a moment here and goes on from
 * where it is then; one that is set forward moves it by a day at most. Not thread-safe.
 */
final class SteadyTime {
    private static final Duration MOST = Duration.ofDays(1);

    private final InstantSource clock;
    private Instant last;
    private long elapsed;

    SteadyTime(InstantSource clock) {
        this.clock = clock;
        this.last = clock.instant();
    }

    /** Since the beginning. */
    long nanos() {
        Instant now = clock.instant();
        Duration step = Duration.between(last, now);
        last = now;
        if (!step.isNegative()) {
            elapsed += (step.compareTo(MOST) < 0 ? step : MOST).toNanos();
        }
        return elapsed;
    }
}
