package io.gatehouse.policy.watch;

import java.time.Duration;

/**
 * How a {@link Watcher} trades delay, order and memory. Immutable and thread-safe.
 *
 * @param lateness   how long after it happened an event may come in, by the ledger's clock, and still be followed in order;
 *                   what depends on order is told so much later
 * @param maxPeople  so many people are followed, each with what rules remember of them; one too many is an alarm
 * @param maxWaiting so many events are held back; one too many is an alarm, and lets the earliest go before its time
 * @param repeat     how long after it told of an overflow, or of a late event of a portal, the watch tells of the next
 */
public record WatcherOptions(Duration lateness, int maxPeople, int maxWaiting, Duration repeat) {
    public WatcherOptions {
        if (lateness.isNegative() || lateness.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("events are held back nothing to a year, not " + lateness);
        }
        Limits.requireTime("the time until something is told again", repeat);
        if (maxPeople < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "a watch follows at least one person and event, not " + maxPeople + " and " + maxWaiting);
        }
    }

    /** 10 seconds, 200,000 people, 1,000,000 events, told again after an hour. */
    public static WatcherOptions standard() {
        return new WatcherOptions(Duration.ofSeconds(10), 200_000, 1_000_000, Duration.ofHours(1));
    }

    public WatcherOptions lateness(Duration value) {
        return new WatcherOptions(value, maxPeople, maxWaiting, repeat);
    }

    public WatcherOptions maxPeople(int value) {
        return new WatcherOptions(lateness, value, maxWaiting, repeat);
    }

    public WatcherOptions maxWaiting(int value) {
        return new WatcherOptions(lateness, maxPeople, value, repeat);
    }
}
