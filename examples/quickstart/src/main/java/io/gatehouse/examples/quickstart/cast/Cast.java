package io.gatehouse.examples.quickstart.cast;

import java.util.List;
import java.util.Objects;

/**
 * Everybody who comes. Immutable and thread-safe.
 *
 * @param members    people who are asked for consent and enrolled, at least {@link #MIN_MEMBERS}
 * @param strangers  people who are not enrolled
 * @param provenance what the pictures are and what is simulated about them, one sentence
 * @param notes      what was left out and why
 */
public record Cast(List<CastMember> members, List<CastMember> strangers, String provenance, List<String> notes) {
    /** One who declines, one who withdraws, one without the laboratory's permission. */
    public static final int MIN_MEMBERS = 3;

    public Cast {
        members = List.copyOf(members);
        strangers = List.copyOf(strangers);
        notes = List.copyOf(notes);
        Objects.requireNonNull(provenance, "provenance");
        if (members.size() < MIN_MEMBERS) {
            throw new IllegalArgumentException("a morning needs " + MIN_MEMBERS + " people, has " + members.size());
        }
    }
}
