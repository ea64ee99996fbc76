package io.gatehouse.policy.retain;

import io.gatehouse.core.identity.DataClass;
import io.gatehouse.core.keep.KeptItem;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.EventSink;
import io.gatehouse.core.ledger.LedgerEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Records in the ledger that items are kept, as counts of each place, kind of person and day, so that an auditor can work
 * out what is left: kept minus purged. To be told of each item when its time begins; many at once make one entry.
 * Thread-safe.
 */
public final class KeptRecorder {
    /** The kind of the entries. */
    public static final EventKind KIND = EventKind.of("retain.kept");

    private static final int PIECES_AN_ENTRY = 14;

    private final EventSink ledger;
    private final ZoneId zone;
    private final InstantSource clock;

    private KeptRecorder(EventSink ledger, ZoneId zone, InstantSource clock) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * A recorder.
     *
     * @param zone of the schedule
     */
    public static KeptRecorder create(EventSink ledger, ZoneId zone, InstantSource clock) {
        return new KeptRecorder(ledger, zone, clock);
    }

    /** Records that the time of these items has begun; durable when it returns. */
    public void kept(DataClass dataClass, List<KeptItem> items) throws IOException {
        Buckets buckets = new Buckets();
        items.forEach(item -> buckets.add(item, zone));
        List<String> pieces = items.isEmpty() ? List.of() : buckets.pieces();
        for (int from = 0; from < pieces.size(); from += PIECES_AN_ENTRY) {
            LedgerEvent.Builder event =
                    LedgerEvent.builder(KIND, clock.instant()).fact("data-class", dataClass.value());
            for (int i = from; i < Math.min(pieces.size(), from + PIECES_AN_ENTRY); i++) {
                event.fact(String.format(Locale.ROOT, "days-%02d", i - from), pieces.get(i));
            }
            ledger.take(event.build());
        }
    }
}
