package io.gatehouse.core.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What stands in an entry's canonical bytes: {@link EntryCodec} says how. Arrays are not copied, this stays inside.
 *
 * @param pseudonym 16 bytes in the person's place; empty if there is no person
 * @param withheld  that there was a person, who was shredded before and so is not recorded
 * @param sealed    the personal facts, sealed under the person's key; empty if there are none
 */
record EntryBytes(
        UUID id,
        Instant occurredAt,
        Instant recordedAt,
        String kind,
        String portal,
        String zone,
        Optional<byte[]> pseudonym,
        boolean withheld,
        SortedMap<String, String> facts,
        byte[] sealed) {}
