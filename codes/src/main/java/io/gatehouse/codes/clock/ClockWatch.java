package io.gatehouse.codes.clock;

import io.gatehouse.core.reason.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Watches a clock by a second one that nobody can set: since the time was last confirmed, both must have gone equally
 * far. A clock that jumps, back or forth, is believed again when the time is confirmed anew, by a time service or by a
 * person; one that was never confirmed is not believed. No confirmation takes the time back behind the latest moment that is
 * certain, such as that of the newest record or of the bundle that the gate works by. Thread-safe.
 */
public final class ClockWatch implements ClockTrust {
    private final LongSupplier nanoTime;
    private final Duration tolerance;
    private Instant floor;
    private Optional<Anchor> anchor = Optional.empty();

    private ClockWatch(Instant floor, Duration tolerance, LongSupplier nanoTime) {
        this.floor = Objects.requireNonNull(floor, "floor");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.tolerance = tolerance;
        if (tolerance.isNegative() || tolerance.isZero() || tolerance.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the tolerance is more than 0 and at most an hour, not " + tolerance);
        }
    }

    /**
     * A watch that believes nothing yet.
     *
     * @param floor     a moment that is certainly past
     * @param tolerance how far the two clocks may differ since the last confirmation: more than a time service corrects
     *                  at once, at most an hour
     * @param nanoTime  a clock that only goes forward, in nanoseconds: {@code System::nanoTime}
     */
    public static ClockWatch create(Instant floor, Duration tolerance, LongSupplier nanoTime) {
        return new ClockWatch(floor, tolerance, nanoTime);
    }

    /**
     * The clock says this and it is right: somebody or something trustworthy compared it just now.
     *
     * @return why not, if this lies before a moment that is certainly past
     */
    public synchronized Optional<Reason> confirm(Instant now) {
        Optional<Reason> before = beforeFloor(now);
        if (before.isEmpty()) {
            anchor = Optional.of(new Anchor(now, nanoTime.getAsLong()));
        }
        return before;
    }

    /** Says that this moment is certainly past: a signed list or bundle was made then, or something was recorded then. */
    public synchronized void passed(Instant moment) {
        if (moment.isAfter(floor)) {
            floor = moment;
        }
    }

    @Override
    public synchronized Optional<Reason> whyNot(Instant now) {
        if (anchor.isEmpty()) {
            return Optional.of(Reason.of(
                    "clock.unconfirmed", "Nobody has confirmed this gate's time since it started: ask the guard."));
        }
        Duration off = anchor.get().off(now, nanoTime.getAsLong());
        if (off.compareTo(tolerance.negated()) < 0) {
            return Optional.of(Reason.format(
                    "clock.went-back", "This gate's clock went back by %d s: ask the guard.", -off.toSeconds()));
        }
        if (off.compareTo(tolerance) > 0) {
            return Optional.of(Reason.format(
                    "clock.went-ahead", "This gate's clock jumped ahead by %d s: ask the guard.", off.toSeconds()));
        }
        return beforeFloor(now);
    }

    private Optional<Reason> beforeFloor(Instant now) {
        return now.isBefore(floor.minus(tolerance))
                ? Optional.of(Reason.format(
                        "clock.behind",
                        "This gate's clock says %s, and %s is past already: ask the guard.",
                        now,
                        floor))
                : Optional.empty();
    }

    private record Anchor(Instant wall, long nanos) {
        Duration off(Instant now, long nanosNow) {
            return Duration.between(wall, now).minusNanos(nanosNow - nanos);
        }
    }
}
