package io.gatehouse.core.presence;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A movement that does not go with what was recorded before. Immutable and thread-safe. It counts all the same, as its
 * kind says, and is told to people who can look.
 *
 * @param kind   what does not go together
 * @param index  the entry in the ledger
 * @param at     when it happened, by the entry
 * @param portal where
 * @param zone   where it led
 * @param person who; empty if they were shredded
 */
public record Anomaly(
        Kind kind, long index, Instant at, Optional<PortalId> portal, ZoneCode zone, Optional<PersonId> person) {
    public Anomaly {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(person, "person");
    }

    /** The same, with or without the name. */
    Anomaly of(Optional<PersonId> named) {
        return new Anomaly(kind, index, at, portal, zone, named);
    }

    @Override
    public String toString() {
        return "Anomaly[" + kind + ", entry " + index + ", " + at + ", to " + zone + "]";
    }

    /** What does not go together. */
    public enum Kind {
        /** Somebody who was not inside went outside: they came in unseen. They are outside now. */
        EXIT_WITHOUT_ENTRY,
        /** Somebody went where they are already: they left unseen, or a code was handed back. They are there once. */
        ENTRY_TWICE,
        /** Somebody came from a zone that they were not in: they passed another door unseen. They are where they went. */
        MISSED_PASSAGE,
        /** The entry is older than the person's last movement: that one stands, and this one moves nobody. */
        LATE,
        /** The entry is older than lateness allows: it moves nobody. */
        TOO_LATE,
        /** The entry claims to be later than its recording: it has the time of its recording. */
        CLOCK_AHEAD,
        /**
         * A door gave no answer when it was told to let somebody through: they are where they were, or where it leads to.
         * They count where they were until they are seen again; their stay says where else they may be.
         */
        NO_ANSWER,
        /** Somebody without a name left a zone in which nobody without a name was counted. Nobody is taken out of it. */
        ANONYMOUS_UNPAIRED,
        /** A correction that was not made by {@link PresenceCorrection} and has no number. It changes nothing. */
        UNREADABLE
    }
}
