package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as it is handed to the ledger. Immutable and thread-safe. The person and the personal facts
 * are sealed by the vault before they are written; the rest is in clear, so that it can be queried and checked.
 *
 * @param id            unique; the same id with the same content is recorded once
 * @param occurredAt    when it happened, by the clock of where it happened
 * @param kind          what kind of thing happened
 * @param portal        where, if at a portal
 * @param zone          the zone it leads to or concerns, if any
 * @param person        whom it is about, if anybody
 * @param facts         in clear: codes, never personal data
 * @param personalFacts sealed with the person's key; only with a person
 */
public record LedgerEvent(
        UUID id,
        Instant occurredAt,
        EventKind kind,
        Optional<PortalId> portal,
        Optional<ZoneCode> zone,
        Optional<PersonId> person,
        SortedMap<String, String> facts,
        SortedMap<String, String> personalFacts) {

    private static final int MAX_FACTS = 64;
    private static final int MAX_FACT_CHARACTERS = 4_096;

    public LedgerEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(portal, "portal");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(person, "person");
        facts = bounded("facts", facts);
        personalFacts = bounded("personal facts", personalFacts);
        if (person.isEmpty() && !personalFacts.isEmpty()) {
            throw new IllegalArgumentException(
                    "event " + id + " of kind " + kind + " has personal facts but no person");
        }
    }

    /** A builder with an id of its own, made of the time and chance (version 7 of RFC 9562). */
    public static Builder builder(EventKind kind, Instant occurredAt) {
        return new Builder(kind, occurredAt);
    }

    /** Without the person and the personal facts, for it may come into a log. */
    @Override
    public String toString() {
        return "LedgerEvent[" + id + ", " + occurredAt + ", " + kind + ", " + portal + ", " + zone + ", "
                + (person.isPresent() ? "a person" : "no person") + ", " + facts + "]";
    }

    private static SortedMap<String, String> bounded(String what, Map<String, String> facts) {
        if (facts.size() > MAX_FACTS) {
            throw new IllegalArgumentException(
                    "an event has at most " + MAX_FACTS + " " + what + ", this one " + facts.size());
        }
        facts.forEach((name, value) -> {
            if (name.isBlank() || name.length() + value.length() > MAX_FACT_CHARACTERS) {
                throw new IllegalArgumentException("fact '" + name + "' is blank or longer than " + MAX_FACT_CHARACTERS
                        + " characters with its name");
            }
        });
        return Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Collects the parts of an event. Not thread-safe. */
    public static final class Builder {
        private final EventKind kind;
        private final Instant occurredAt;
        private @Nullable UUID id;
        private Optional<PortalId> portal = Optional.empty();
        private Optional<ZoneCode> zone = Optional.empty();
        private Optional<PersonId> person = Optional.empty();
        private final SortedMap<String, String> facts = new TreeMap<>();
        private final SortedMap<String, String> personalFacts = new TreeMap<>();

        private Builder(EventKind kind, Instant occurredAt) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.occurredAt = Objects.requireNonNull(occurredAt, "occurredAt");
        }

        public Builder id(UUID value) {
            id = Objects.requireNonNull(value, "id");
            return this;
        }

        public Builder portal(PortalId value) {
            portal = Optional.of(value);
            return this;
        }

        public Builder zone(ZoneCode value) {
            zone = Optional.of(value);
            return this;
        }

        public Builder person(PersonId value) {
            person = Optional.of(value);
            return this;
        }

        public Builder fact(String name, String value) {
            facts.put(name, value);
            return this;
        }

        public Builder personalFact(String name, String value) {
            personalFacts.put(name, value);
            return this;
        }

        /** Ids that ascend with time keep the index of ids quick: new ones all belong to its end. */
        private UUID id() {
            UUID chosen = id;
            if (chosen == null) {
                UUID chance = UUID.randomUUID();
                long millis = occurredAt.getEpochSecond() * 1_000 + occurredAt.getNano() / 1_000_000;
                long high = millis << 16 | 0x7000 | (chance.getMostSignificantBits() >>> 32 & 0xFFF);
                chosen = new UUID(high, chance.getLeastSignificantBits());
                id = chosen;
            }
            return chosen;
        }

        public LedgerEvent build() {
            return new LedgerEvent(id(), occurredAt, kind, portal, zone, person, facts, personalFacts);
        }
    }
}
