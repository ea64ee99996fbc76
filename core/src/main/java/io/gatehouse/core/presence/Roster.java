package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places of people, by a key for each: the ledger's pseudonym, or the person in a ledger that keeps none. Names are
 * found as long as they are known. Not thread-safe.
 */
final class Roster {
    /** No pseudonym begins so. */
    private static final String BY_NAME = "id:";

    private final Map<String, Place> places = new HashMap<>();
    private final Map<PersonId, String> keys = new HashMap<>();

    /** What the person in an entry goes by; null if nothing tells them from others. */
    static @Nullable String key(LedgerEntry entry) {
        if (entry.pseudonym().isPresent()) {
            return entry.pseudonym().get();
        }
        return entry.event().person().map(person -> BY_NAME + person.value()).orElse(null);
    }

    static boolean isPseudonym(String key) {
        return !key.startsWith(BY_NAME);
    }

    Map<String, Place> places() {
        return places;
    }

    @Nullable
    Place get(String key) {
        return places.get(key);
    }

    @Nullable
    Place get(PersonId person) {
        String key = keys.get(person);
        return key == null ? null : places.get(key);
    }

    void put(String key, Place place) {
        places.put(key, place);
    }

    int size() {
        return places.size();
    }

    void name(String key, Place place, PersonId person) {
        PersonId before = place.person;
        if (before != null) {
            keys.remove(before);
        }
        place.person = person;
        keys.put(person, key);
    }

    /** Whether there was a name. */
    boolean unname(Place place) {
        PersonId person = place.person;
        place.person = null;
        if (person != null) {
            keys.remove(person);
        }
        return person != null;
    }

    void removeIf(Predicate<Place> forgotten) {
        places.values().removeIf(place -> {
            boolean goes = forgotten.test(place);
            if (goes) {
                unname(place);
            }
            return goes;
        });
    }
}
