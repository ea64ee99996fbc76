package io.gatehouse.policy.watch;

import org.jspecify.annotations.Nullable;

/** What is remembered of somebody. Not thread-safe. */
final class Tracked {
    static final long NEVER = Long.MIN_VALUE;

    final String key;
    /** What each rule remembers, by its number. */
    final @Nullable Object[] memory;

    /** When they were last seen, before the event at hand. */
    long lastSeen = NEVER;

    long lastEntry;
    int zone = Places.OUTSIDE;

    Tracked(String key, int rules) {
        this.key = key;
        this.memory = new Object[rules];
    }
}
