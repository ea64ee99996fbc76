package io.gatehouse.policy.internal.casefile;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which cases are asked for: those that meet every condition that is given. Immutable and thread-safe.
 *
 * @param states  empty for any
 * @param topic   about this
 * @param person  about this person
 * @param dueBy   due at this time or before
 * @param since   begun at this time or later
 * @param limit   at most so many, the newest first; of what is due, the longest due first
 */
public record CaseQuery(
        Set<String> states,
        Optional<String> topic,
        Optional<PersonId> person,
        Optional<Instant> dueBy,
        Optional<Instant> since,
        int limit) {
    private static final int MOST = 10_000;

    public CaseQuery {
        states = Set.copyOf(states);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("1 to " + MOST + " are listed at once, not " + limit);
        }
    }

    public static CaseQuery of(Set<String> states, int limit) {
        return new CaseQuery(states, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    public CaseQuery topic(String value) {
        return new CaseQuery(states, Optional.of(value), person, dueBy, since, limit);
    }

    public CaseQuery person(PersonId value) {
        return new CaseQuery(states, topic, Optional.of(value), dueBy, since, limit);
    }

    public CaseQuery dueBy(Instant value) {
        return new CaseQuery(states, topic, person, Optional.of(value), since, limit);
    }

    public CaseQuery since(Instant value) {
        return new CaseQuery(states, topic, person, dueBy, Optional.of(value), limit);
    }
}
