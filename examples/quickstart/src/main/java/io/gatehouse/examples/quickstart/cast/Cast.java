package io.gatehouse.examples.quickstart.cast;

import java.util.List;
import java.util.Objects;

/**
 * Everybody who comes. Immutable and thread-safe.
 *
 * @param members    people who agree and are enrolled, at least {@link #MIN_MEMBERS}
 * @param decliner   somebody who declines
 * @param strangers  faces that nobody knows
 * @param provenance what the pictures are and what is simulated about them, one sentence
 * @param notes      what was left out and why
 */
public record Cast(
        List<CastMember> members,
        Decliner decliner,
        List<Photograph> strangers,
        String provenance,
        List<String> notes) {
    /** One of the laboratory's team with a card, one of the team without, one outside the team who withdraws. */
    public static final int MIN_MEMBERS = 3;

    public Cast {
        members = List.copyOf(members);
        strangers = List.copyOf(strangers);
        notes = List.copyOf(notes);
        Objects.requireNonNull(decliner, "decliner");
        Objects.requireNonNull(provenance, "provenance");
        if (members.size() < MIN_MEMBERS) {
            throw new IllegalArgumentException("a morning needs " + MIN_MEMBERS + " people, has " + members.size());
        }
    }

    /** Is of the laboratory's team and comes back in the evening. */
    public CastMember first() {
        return members.get(0);
    }

    /** Is of the laboratory's team and has a card. */
    public CastMember cardHolder() {
        return members.get(1);
    }

    /** Is not of the laboratory's team, and withdraws the consent in the end. */
    public CastMember last() {
        return members.get(members.size() - 1);
    }
}
