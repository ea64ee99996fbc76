package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Run;
import io.gatehouse.core.ledger.PersonTables.Seen;
import java.util.ArrayList;
import java.util.List;

/**
 * A run on its way into the tables, a slice at a time, so that nobody who appends waits for the whole of it. What is
 * sorted at once is only what begins with the same byte: pseudonyms are random. For one thread at a time, except for
 * {@link #tail()}.
 */
final class PendingRun {
    private static final int FIRST_BYTES = 256;

    private final PersonTail tail;
    private final Run run;
    private final PersonFilter filter;
    private final List<List<Seen>> byFirstByte = new ArrayList<>(FIRST_BYTES);
    private int bucket = -1;
    private int at;
    private int left;

    private PendingRun(PersonTail tail) {
        this.tail = tail;
        List<Seen> all = tail.all();
        this.run = Run.of(tail.start(), tail.end(), all);
        this.filter = PersonFilter.of(all);
        this.left = all.size();
        for (int i = 0; i < FIRST_BYTES; i++) {
            byFirstByte.add(new ArrayList<>());
        }
        for (Seen each : all) {
            byFirstByte.get(each.pseudonym().bytes()[0] & 0xFF).add(each);
        }
    }

    /** Of all that a tail holds, which gets no more. */
    static PendingRun of(PersonTail tail) {
        return new PendingRun(tail);
    }

    PersonTail tail() {
        return tail;
    }

    Run run() {
        return run;
    }

    PersonFilter filter() {
        return filter;
    }

    /** The next rows in the order of the table, up to so many. */
    List<Seen> next(int most) {
        List<Seen> slice = new ArrayList<>();
        while (slice.size() < most && !isDone()) {
            List<Seen> rows = byFirstByte.get(Math.max(bucket, 0));
            if (bucket < 0 || at == rows.size()) {
                bucket++;
                at = 0;
                byFirstByte.get(bucket).sort(PersonTables.ORDER);
                continue;
            }
            int taken = Math.min(rows.size() - at, most - slice.size());
            slice.addAll(rows.subList(at, at + taken));
            at += taken;
            left -= taken;
        }
        return slice;
    }

    /** Whether {@link #next} has given all rows. */
    boolean isDone() {
        return left == 0;
    }
}
