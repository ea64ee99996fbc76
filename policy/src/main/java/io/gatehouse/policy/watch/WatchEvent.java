package io.gatehouse.policy.watch;

import io.gatehouse.core.identity.PersonKind;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What rules see of an entry of the ledger. Immutable and thread-safe.
 *
 * @param index      the entry's place in the ledger; among events of the same time it tells the order
 * @param at         when it happened, by the clock of where it happened
 * @param recordedAt when the ledger took it, by the ledger's clock
 * @param meaning    what it means to rules
 * @param kind       its kind in the ledger
 * @param subject    whom it is about, if anybody
 * @param portal     where, if at a portal
 * @param zone       where it leads or led, if anywhere: of a refusal, where they wanted to go
 */
public record WatchEvent(
        long index,
        Instant at,
        Instant recordedAt,
        Meaning meaning,
        EventKind kind,
        Optional<Subject> subject,
        Optional<PortalId> portal,
        Optional<ZoneCode> zone) {
    /** The longest times that rules can reckon with. */
    private static final Instant EARLIEST = Instant.parse("1700-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2240-01-01T00:00:00Z");

    /** What an event means to rules. */
    public enum Meaning {
        /** Somebody passed into the zone. */
        PASSED,
        /** Somebody is in the zone, as a guard says; it counts as no passage. */
        MOVED,
        /** Somebody was not let in. */
        REFUSED,
        /** Anything else that was recorded, such as a door that was forced. */
        REPORT
    }

    public WatchEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
        if (index < 0) {
            throw new IllegalArgumentException("the place in a ledger is not negative, this one is " + index);
        }
        if (recordedAt.isBefore(EARLIEST) || recordedAt.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "rules reckon from " + EARLIEST + " to " + LATEST + ", event " + index + " is of " + recordedAt);
        }
        if (zone.isEmpty() && (meaning == Meaning.PASSED || meaning == Meaning.MOVED)) {
            throw new IllegalArgumentException("event " + index + " moves somebody to no zone");
        }
    }

    /** Without the subject, for it may come into a log. */
    @Override
    public String toString() {
        return "WatchEvent[" + index + ", " + at + ", " + meaning + ", " + kind + ", " + portal + ", " + zone + "]";
    }

    /**
     * Whom an event is about.
     *
     * @param key    the same in all their events; a ledger's pseudonym
     * @param kind   what they are to the site, if that is known
     * @param groups their departments, posts and teams
     */
    public record Subject(String key, Optional<PersonKind> kind, Set<String> groups) {
        public Subject {
            Objects.requireNonNull(kind, "kind");
            groups = Set.copyOf(groups);
            if (key.isBlank()) {
                throw new IllegalArgumentException("what stands for a person is not blank");
            }
        }

        /** Of whom only is known that it is the same one. */
        public static Subject of(String key) {
            return new Subject(key, Optional.empty(), Set.of());
        }

        /** Whoever it is, without what they go by. */
        @Override
        public String toString() {
            return "Subject[" + kind + "]";
        }
    }
}
