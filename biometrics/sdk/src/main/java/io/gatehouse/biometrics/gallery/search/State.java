package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What searches see. The array is never changed, only replaced.
 *
 * @param segments all but the last are full, but for one that may be kept empty for the next reference
 * @param size     references; the reference of position p is in slot p mod 1,024 of segment p / 1,024
 */
@SuppressWarnings("ArrayRecordComponent") // Only the index and its scan see it.
record State(Segment[] segments, int size) {
    Segment segmentOf(int position) {
        return segments[position / Segment.SIZE];
    }

    static int slotOf(int position) {
        return position % Segment.SIZE;
    }

    /** How many references are in at least one of these groups. */
    int size(Set<String> groups) {
        int number = 0;
        int left = size;
        for (int i = 0; left > 0; i++, left -= Segment.SIZE) {
            int[] slots = segments[i].slotsIn(groups, Math.min(Segment.SIZE, left));
            number += slots == null ? 0 : Segment.cardinality(slots);
        }
        return number;
    }

    /** With one reference more, and a segment for it. */
    State larger(Supplier<Segment> newSegment) {
        if (size < (long) segments.length * Segment.SIZE) {
            return new State(segments, size + 1);
        }
        Segment[] more = Arrays.copyOf(segments, segments.length + 1);
        more[segments.length] = newSegment.get();
        return new State(more, size + 1);
    }

    /** With one reference less; one empty segment is kept, so that adding and removing by turns stays cheap. */
    State smaller() {
        int needed = (size - 1 + Segment.SIZE - 1) / Segment.SIZE + 1;
        return new State(segments.length > needed ? Arrays.copyOf(segments, needed) : segments, size - 1);
    }
}
