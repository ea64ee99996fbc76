package io.gatehouse.policy.internal.casefile;

import io.gatehouse.core.identity.PersonId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Something that was done in a case. Immutable and thread-safe.
 *
 * @param id       unique; the id of its entry in the ledger
 * @param at       when, in milliseconds
 * @param kind     what was done: lower-case words joined by {@code -}
 * @param by       who did it, if a person
 * @param facts    in clear, and in clear in the ledger
 * @param personal sealed, and sealed in the ledger
 * @param body     sealed, of any length; the ledger has its digest only, sealed
 */
public record Step(
        UUID id,
        Instant at,
        String kind,
        Optional<PersonId> by,
        SortedMap<String, String> facts,
        SortedMap<String, String> personal,
        String body) {
    /** Well below what one fact of the ledger may hold. */
    public static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_FACTS = 48;

    public Step {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(body, "body");
        at = Instant.ofEpochMilli(at.toEpochMilli());
        facts = bounded(facts);
        personal = bounded(personal);
    }

    private static SortedMap<String, String> bounded(Map<String, String> facts) {
        if (facts.size() > MOST_FACTS) {
            throw new IllegalArgumentException("a step has at most " + MOST_FACTS + " facts, not " + facts.size());
        }
        facts.forEach((name, value) -> {
            if (value.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException("'" + name + "' has " + value.length() + " characters, at most "
                        + MOST_CHARACTERS + " are kept: shorten it");
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Step of(Instant at, String kind, Optional<PersonId> by) {
        return new Step(UUID.randomUUID(), at, kind, by, new TreeMap<>(), new TreeMap<>(), "");
    }

    public Step id(UUID value) {
        return new Step(value, at, kind, by, facts, personal, body);
    }

    public Step fact(String name, String value) {
        return new Step(id, at, kind, by, with(facts, name, value), personal, body);
    }

    public Step personal(String name, String value) {
        return new Step(id, at, kind, by, facts, with(personal, name, value), body);
    }

    public Step body(String value) {
        return new Step(id, at, kind, by, facts, personal, value);
    }

    private static SortedMap<String, String> with(SortedMap<String, String> facts, String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return more;
    }

    /** A fact in clear; refused if the step has none of this name. */
    public String fact(String name) {
        return Objects.requireNonNull(facts.get(name), () -> "step " + id + " has no fact " + name);
    }

    /** Without what is sealed. */
    @Override
    public String toString() {
        return "Step[" + id + ", " + at + ", " + kind + ", " + facts + "]";
    }
}
