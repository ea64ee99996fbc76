package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.presence.Place.Naming;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places of people, by a key for each: the ledger's pseudonym, or the person in a ledger that keeps none. Names are
 * found as long as they are known. Not thread-safe.
 */
final class Roster {
    /** No pseudonym begins so. */
    private static final String BY_NAME = "id:";

    /** What somebody goes by whose key only an entry tells, with its index: read from a snapshot that does not have it. */
    static final String UNKNOWN = "#";

    private final Map<String, Place> places = new HashMap<>();
    private final Map<PersonId, String> keys = new HashMap<>();
    /** Of those whose name was not asked for yet, who has moved since names were asked for. */
    private final Map<String, Place> unasked = new LinkedHashMap<>();

    /** What the person in an entry goes by; null if nothing tells them from others. */
    static @Nullable String key(Outline entry) {
        return key(entry.pseudonym(), entry.person());
    }

    static @Nullable String key(Optional<String> pseudonym, Optional<PersonId> person) {
        if (pseudonym.isPresent()) {
            return pseudonym.get();
        }
        return person.isPresent() ? BY_NAME + person.get().value() : null;
    }

    static boolean isPseudonym(String key) {
        return !key.startsWith(BY_NAME);
    }

    Map<String, Place> places() {
        return places;
    }

    Map<String, Place> unasked() {
        return unasked;
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
        place.naming = Naming.NAMED;
        keys.put(person, key);
    }

    void unname(Place place) {
        PersonId person = place.person;
        place.person = null;
        place.naming = Naming.NAMELESS;
        if (person != null) {
            keys.remove(person);
        }
    }

    void removeIf(Predicate<Place> forgotten) {
        Iterator<Map.Entry<String, Place>> each = places.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Place> entry = each.next();
            if (forgotten.test(entry.getValue())) {
                unname(entry.getValue());
                unasked.remove(entry.getKey());
                each.remove();
            }
        }
    }
}
