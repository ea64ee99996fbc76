package io.gatehouse.policy.watch;

import io.gatehouse.policy.watch.WatchEvent.Meaning;
import java.time.Instant;

/** An event with its time and place as numbers, ordered by when it happened and then as it stands in the ledger. */
record Sighting(long at, int zone, int portal, WatchEvent event) implements Comparable<Sighting> {
    private static final long NANOS = 1_000_000_000L;

    @Override
    public int compareTo(Sighting other) {
        int byTime = Long.compare(at, other.at);
        return byTime != 0 ? byTime : Long.compare(event.index(), other.event.index());
    }

    boolean is(Meaning type) {
        return event.meaning() == type;
    }

    /** Whether it says where somebody is now. */
    boolean moves() {
        return event.meaning() == Meaning.PASSED || event.meaning() == Meaning.MOVED;
    }

    /** Whether it shows that somebody was here. */
    boolean shows() {
        return event.meaning() == Meaning.PASSED || event.meaning() == Meaning.REFUSED;
    }

    /** Nanoseconds since 1970, which reach as far as events may. */
    static long nanos(Instant at) {
        return at.getEpochSecond() * NANOS + at.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
