package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.PersonTables.Place;
import io.gatehouse.core.ledger.PersonTables.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Entries that no run of {@link PersonIndex} covers yet, by pseudonym. One thread adds, any may read. */
final class PersonTail {
    private final long start;
    private final Map<Pseudonym, List<Place>> places = new ConcurrentHashMap<>();
    private long end;

    PersonTail(long start) {
        this.start = start;
        this.end = start;
    }

    long start() {
        return start;
    }

    /** The position after the last entry. */
    long end() {
        return end;
    }

    /** The next entry; one that is here already is passed over. */
    void note(Seen each) {
        if (each.place().position() < end) {
            return;
        }
        if (!each.pseudonym().isNobody()) {
            List<Place> list = places.computeIfAbsent(each.pseudonym(), any -> new ArrayList<>(2));
            synchronized (list) {
                list.add(each.place());
            }
        }
        end = each.place().position() + 1;
    }

    List<Place> of(Pseudonym pseudonym) {
        List<Place> list = places.get(pseudonym);
        if (list == null) {
            return List.of();
        }
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    /** In no order. */
    List<Seen> all() {
        List<Seen> all = new ArrayList<>();
        places.keySet().forEach(pseudonym -> of(pseudonym).forEach(place -> all.add(new Seen(pseudonym, place))));
        return all;
    }
}
