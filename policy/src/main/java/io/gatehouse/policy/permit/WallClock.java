package io.gatehouse.policy.permit;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clock on the wall shows, as seconds since 1970 of the calendar on the wall, without allocating: the clock changes
 * from 1970 to 2100 lie in a table. Other years are looked up. Immutable and thread-safe.
 */
final class WallClock {
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final ZoneRules rules;
    private final long[] changes;
    private final int[] offsets;

    private WallClock(ZoneRules rules, long[] changes, int[] offsets) {
        this.rules = rules;
        this.changes = changes;
        this.offsets = offsets;
    }

    static WallClock of(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        long[] changes = new long[transitions.size() + 2];
        int[] offsets = new int[transitions.size() + 1];
        changes[0] = FIRST.getEpochSecond();
        offsets[0] = rules.getOffset(FIRST).getTotalSeconds();
        for (int i = 0; i < transitions.size(); i++) {
            changes[i + 1] = transitions.get(i).toEpochSecond();
            offsets[i + 1] = transitions.get(i).getOffsetAfter().getTotalSeconds();
        }
        changes[changes.length - 1] = LAST.getEpochSecond();
        return new WallClock(rules, changes, offsets);
    }

    long localSecond(long epochSecond) {
        if (epochSecond < changes[0] || epochSecond >= changes[changes.length - 1]) {
            return epochSecond
                    + rules.getOffset(Instant.ofEpochSecond(epochSecond)).getTotalSeconds();
        }
        int low = 0;
        int high = offsets.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (changes[middle] <= epochSecond) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return epochSecond + offsets[low];
    }
}
