package io.gatehouse.examples.quickstart.premises;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Objects;

/**
 * The gate's clock in the play: a Monday morning, whatever the day it is played on, so that hours in the rules can be
 * shown. It moves only when told to. Thread-safe.
 */
public final class MorningClock implements InstantSource {
    private static final LocalTime START = LocalTime.of(8, 30);

    private final LocalDate monday;
    private final ZoneId zone;
    private Instant now;

    /** A clock that stands at half past eight on the Monday of this week. */
    public MorningClock(Instant today, ZoneId zone) {
        this.zone = Objects.requireNonNull(zone, "zone");
        this.monday = LocalDate.ofInstant(today, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        this.now = monday.atTime(START).atZone(zone).toInstant();
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /** Sets the time of the same day. */
    public synchronized void set(LocalTime time) {
        now = monday.atTime(time).atZone(zone).toInstant();
    }

    /** The time of day now, for people. */
    public LocalTime timeOfDay() {
        return LocalTime.ofInstant(instant(), zone);
    }
}
