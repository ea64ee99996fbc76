package io.gatehouse.policy.watch.violation;

import io.gatehouse.core.identity.PersonId;
import java.util.Map;
import java.util.Objects;

/**
 * Somebody with several violations that stand. Immutable and thread-safe; {@code toString} leaves the person out.
 *
 * @param person who
 * @param kinds  how many of which kind
 */
public record Offender(PersonId person, Map<String, Integer> kinds) {
    public Offender {
        Objects.requireNonNull(person, "person");
        kinds = Map.copyOf(kinds);
    }

    public int count() {
        return kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "Offender[" + kinds + "]";
    }
}
