package io.gatehouse.core.ledger;

import io.gatehouse.core.internal.FieldReader;
import io.gatehouse.core.internal.FieldWriter;
import io.gatehouse.core.ledger.verify.TilePath;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The canonical bytes of an entry, which the leaf hash is over. Format 1; numbers are big-endian, a text is 2 bytes of
 * length and so many bytes of UTF-8:
 *
 * <pre>
 *  1 byte    format, 1
 * 16 bytes   id of the event
 *  8 bytes   occurred at: seconds since 1970-01-01T00:00Z, signed     4 bytes  nanoseconds, 0 to 999,999,999
 *  8 bytes   recorded at, likewise                                    4 bytes  nanoseconds
 *    text    kind
 *    text    portal, empty if there is none
 *    text    zone, empty if there is none
 *  1 byte    person: 0 none, 1 by pseudonym, 2 withheld, for the person had been shredded
 * 16 bytes   the pseudonym, only after 1
 *  2 bytes   number of facts, then each fact: text name, text value; names ascend by UTF-16 code units, each once
 *  4 bytes   length of the sealed part, 0 if there is none, then the sealed part
 * </pre>
 *
 * The sealed part is what the vault made of the personal facts: 1 byte format (1), 2 bytes number, then the facts as
 * above. The same content has one form only, and reading refuses every other. An entry has at most 65,535 bytes, as
 * the exported form requires. Stateless.
 */
final class EntryCodec {
    static final int PSEUDONYM_BYTES = 16;

    private static final byte FORMAT = 1;
    private static final byte NO_PERSON = 0;
    private static final byte PSEUDONYM = 1;
    private static final byte WITHHELD = 2;

    private EntryCodec() {}

    /**
     * Writes an entry.
     *
     * @throws IllegalArgumentException if it has more bytes than an entry may have
     */
    static byte[] encode(EntryBytes entry) {
        FieldWriter out = new FieldWriter();
        out.octet(FORMAT);
        out.id(entry.id());
        out.instant(entry.occurredAt());
        out.instant(entry.recordedAt());
        out.text(entry.kind());
        out.text(entry.portal());
        out.text(entry.zone());
        out.octet(entry.withheld() ? WITHHELD : entry.pseudonym().isPresent() ? PSEUDONYM : NO_PERSON);
        entry.pseudonym().ifPresent(out::raw);
        out.facts(entry.facts());
        out.block(entry.sealed());
        if (out.size() > TilePath.MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("event " + entry.id() + " takes " + out.size()
                    + " bytes in the ledger, the limit is " + TilePath.MAX_ENTRY_BYTES + ": record shorter facts");
        }
        return out.toByteArray();
    }

    /**
     * Reads an entry.
     *
     * @throws LedgerException if the bytes are not in canonical form
     */
    static EntryBytes decode(byte[] bytes) throws LedgerException {
        return FieldReader.whole(bytes, FORMAT, EntryCodec::entry, EntryCodec::notCanonical);
    }

    private static EntryBytes entry(FieldReader in) throws CharacterCodingException {
        UUID id = in.id();
        Instant occurredAt = in.instant();
        Instant recordedAt = in.instant();
        String kind = in.text();
        String portal = in.text();
        String zone = in.text();
        byte person = in.octet();
        in.require(person >= NO_PERSON && person <= WITHHELD);
        Optional<byte[]> pseudonym = person == PSEUDONYM ? Optional.of(in.take(PSEUDONYM_BYTES)) : Optional.empty();
        SortedMap<String, String> facts = in.facts();
        byte[] sealed = in.block();
        in.require(sealed.length == 0 || person == PSEUDONYM);
        return new EntryBytes(
                id, occurredAt, recordedAt, kind, portal, zone, pseudonym, person == WITHHELD, facts, sealed);
    }

    private static LedgerException notCanonical(Exception cause) {
        return new LedgerException("an entry is not in canonical form: it was altered or cut", cause);
    }

    /** The personal facts as they are sealed. */
    static byte[] encodeFacts(SortedMap<String, String> facts) {
        FieldWriter out = new FieldWriter();
        out.octet(FORMAT);
        out.facts(facts);
        return out.toByteArray();
    }

    static SortedMap<String, String> decodeFacts(byte[] bytes) throws LedgerException {
        return FieldReader.whole(bytes, FORMAT, FieldReader::facts, EntryCodec::notCanonical);
    }
}
