package io.gatehouse.core.ledger;

import io.gatehouse.core.identity.PersonId;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An event with its place in the ledger. Immutable and thread-safe.
 *
 * @param index      the place, from 0, without gaps
 * @param recordedAt when the ledger took it, by the ledger's clock
 * @param event      what happened; without person and personal facts where their key was shredded since
 * @param pseudonym  lower-case hex of what stands for the person, the same in all their entries, also where the key was
 *                   shredded since and nothing tells who it is; empty if there is no person, or they were withheld
 * @param leafHash   lower-case hex of the RFC 6962 leaf hash of the entry's canonical bytes
 */
public record LedgerEntry(
        long index, Instant recordedAt, LedgerEvent event, Optional<String> pseudonym, String leafHash) {
    public LedgerEntry {
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(pseudonym, "pseudonym");
        Objects.requireNonNull(leafHash, "leafHash");
        if (index < 0) {
            throw new IllegalArgumentException("a ledger index is not negative, this one is " + index);
        }
    }

    /** An entry of a ledger that keeps no pseudonyms. */
    public LedgerEntry(long index, Instant recordedAt, LedgerEvent event, String leafHash) {
        this(index, recordedAt, event, Optional.empty(), leafHash);
    }

    /** What is left of it without what was sealed, but with the person. */
    public Outline outline() {
        return new Outline(
                index,
                event.occurredAt(),
                recordedAt,
                event.kind(),
                event.portal(),
                event.zone(),
                pseudonym,
                event.person(),
                event.facts(),
                leafHash);
    }

    /**
     * What an entry tells without anything sealed being opened: enough to follow people by their pseudonyms, many times as
     * quick to read as the entry. Immutable and thread-safe.
     *
     * @param index      the place in the ledger, from 0, without gaps
     * @param occurredAt when it happened, by the clock of where it happened
     * @param recordedAt when the ledger took it, by the ledger's clock
     * @param kind       what kind of thing happened
     * @param portal     where, if at a portal
     * @param zone       the zone it leads to or concerns, if any
     * @param pseudonym  what stands for the person, as in the entry
     * @param person     whom it is about, of a ledger that need not open anything to tell; empty otherwise
     * @param facts      in clear; never personal
     * @param leafHash   as in the entry
     */
    public record Outline(
            long index,
            Instant occurredAt,
            Instant recordedAt,
            EventKind kind,
            Optional<PortalId> portal,
            Optional<ZoneCode> zone,
            Optional<String> pseudonym,
            Optional<PersonId> person,
            Map<String, String> facts,
            String leafHash) {

        public Outline {
            if (index < 0) {
                throw new IllegalArgumentException("a ledger index is not negative, this one is " + index);
            }
            Objects.requireNonNull(occurredAt, "occurredAt");
            Objects.requireNonNull(recordedAt, "recordedAt");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(portal, "portal");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(pseudonym, "pseudonym");
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(leafHash, "leafHash");
            // No copy if they cannot be changed, which is so for all that a ledger hands out.
            facts = Map.copyOf(facts);
        }

        /** Without the person, for it may come into a log. */
        @Override
        public String toString() {
            return "Outline[" + index + ", " + occurredAt + ", " + kind + ", " + portal + ", " + zone + ", "
                    + (person.isPresent() || pseudonym.isPresent() ? "a person" : "no person") + ", " + facts + "]";
        }
    }
}
