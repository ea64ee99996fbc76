package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.Ledger;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.place.ZoneCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Who is in which zone since when, counted from the outcomes in a ledger: each door that opened for somebody put them
 * into the zone behind it. Thread-safe. It keeps nothing of its own and catches up with the ledger by
 * {@link #catchUp}, from the beginning if it is new.
 */
public final class Presence {
    private static final int BATCH = 1_000;

    private final Ledger ledger;
    private final Map<PersonId, Stay> stays = new HashMap<>();
    private long next;

    private Presence(Ledger ledger) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
    }

    /** A projection of this ledger that has seen nothing yet. */
    public static Presence of(Ledger ledger) {
        return new Presence(ledger);
    }

    /** Applies every entry since the last call. */
    public synchronized void catchUp() throws IOException {
        List<LedgerEntry> batch;
        do {
            batch = ledger.entries(next, BATCH);
            for (LedgerEntry entry : batch) {
                apply(entry.event());
                next = entry.index() + 1;
            }
        } while (batch.size() == BATCH);
    }

    /** How many people are in each zone; the outside is not counted. */
    public synchronized Map<ZoneCode, Integer> counts() {
        Map<ZoneCode, Integer> counts = new TreeMap<>(Comparator.comparing(ZoneCode::value));
        for (Stay stay : stays.values()) {
            counts.merge(stay.zone(), 1, Integer::sum);
        }
        return counts;
    }

    /** Everybody who is inside, by zone and then by person: who has to be accounted for at the assembly point. */
    public synchronized List<Stay> muster() {
        return stays.values().stream()
                .sorted(Comparator.comparing((Stay stay) -> stay.zone().value()).thenComparing(Stay::person))
                .toList();
    }

    private void apply(LedgerEvent event) {
        if (!event.kind().equals(EventKind.OUTCOME)
                || !"done".equals(event.facts().get("actuation"))) {
            return;
        }
        // Entries whose person was shredded since no longer say who it was, so they move nobody.
        event.person()
                .ifPresent(person -> event.zone().ifPresent(zone -> {
                    if (zone.equals(ZoneCode.OUTSIDE)) {
                        stays.remove(person);
                    } else {
                        stays.put(person, new Stay(person, zone, event.occurredAt()));
                    }
                }));
    }

    /**
     * One person's stay in a zone.
     *
     * @param person who
     * @param zone   where
     * @param since  since when
     */
    public record Stay(PersonId person, ZoneCode zone, Instant since) {
        public Stay {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(since, "since");
        }
    }
}
