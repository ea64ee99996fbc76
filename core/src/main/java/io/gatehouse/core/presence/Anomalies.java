package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEntry;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.place.ZoneCode;
import io.gatehouse.core.presence.Place.Naming;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What did not go together: the newest, and how often each kind. Not thread-safe. */
final class Anomalies {
    private final int max;
    private final Deque<Noted> noted = new ArrayDeque<>();
    private final Map<Anomaly.Kind, Long> counts = new EnumMap<>(Anomaly.Kind.class);

    Anomalies(int max) {
        this.max = max;
    }

    /**
     * One that is kept.
     *
     * @param key what its person goes by, if their name was not asked for yet; null otherwise
     */
    private record Noted(Anomaly anomaly, @Nullable String key) {}

    void report(Anomaly.Kind kind, Outline entry, ZoneCode zone) {
        counts.merge(kind, 1L, Long::sum);
        note(
                new Anomaly(kind, entry.index(), entry.occurredAt(), entry.portal(), zone, entry.person()),
                entry.person().isPresent() ? null : Roster.key(entry));
    }

    private void note(Anomaly anomaly, @Nullable String key) {
        noted.addLast(new Noted(anomaly, key));
        if (noted.size() > max) {
            noted.removeFirst();
        }
    }

    /** One that was read from a snapshot, in order. */
    void restore(Anomaly anomaly) {
        note(anomaly, Roster.UNKNOWN + anomaly.index());
    }

    void restore(Anomaly.Kind kind, long count) {
        counts.put(kind, count);
    }

    List<Anomaly> list() {
        return noted.stream().map(Noted::anomaly).toList();
    }

    Map<Anomaly.Kind, Long> counts() {
        return counts;
    }

    /** Adds whose names are not known, unless their places tell. */
    void addUnasked(Map<String, Long> asks, Roster people) {
        for (Noted each : noted) {
            String key = each.key();
            if (key != null && !isAsked(people.get(key))) {
                asks.putIfAbsent(key, each.anomaly().index());
            }
        }
    }

    private static boolean isAsked(@Nullable Place place) {
        return place != null && place.naming != Naming.UNASKED;
    }

    /** Gives names to those that lack them, by the places that were told and the entries that were asked for. */
    void tell(Map<String, LedgerEntry> answers, Roster people) {
        int known = noted.size();
        for (int i = 0; i < known; i++) {
            Noted each = noted.removeFirst();
            String key = each.key();
            Place place = key == null ? null : people.get(key);
            LedgerEntry answer = key == null ? null : answers.get(key);
            if (place != null && isAsked(place)) {
                each = new Noted(each.anomaly().of(Optional.ofNullable(place.person)), null);
            } else if (answer != null) {
                each = new Noted(each.anomaly().of(answer.event().person()), null);
            }
            noted.addLast(each);
        }
    }

    /** Takes a person's name away. */
    void forget(PersonId person) {
        int known = noted.size();
        for (int i = 0; i < known; i++) {
            Noted each = noted.removeFirst();
            boolean isTheirs = each.anomaly().person().filter(person::equals).isPresent();
            noted.addLast(isTheirs ? new Noted(each.anomaly().of(Optional.empty()), null) : each);
        }
    }
}
