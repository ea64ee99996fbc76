package io.gatehouse.core.outbox;

import io.gatehouse.core.internal.FieldReader;
import io.gatehouse.core.internal.FieldWriter;
import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The bytes of a buffered event, before the vault seals them as a whole. Format 1; numbers are big-endian, a text is 2
 * bytes of length and so many bytes of UTF-8:
 *
 * <pre>
 *  1 byte    format, 1
 * 16 bytes   id                 8 bytes seconds and 4 bytes nanoseconds: occurred at
 *    text    kind, then portal and zone, each empty if there is none
 *  1 byte    person: 0 none, 1 sealed, 2 withheld
 *  2 bytes   number of facts, then each: text name, text value
 *  4 bytes   length of the sealed person, then it       4 bytes  length of the sealed personal facts, then they
 * </pre>
 *
 * Why not the ledger's own bytes: those hold a pseudonym and the time of recording, which an event gets at the server.
 * Stateless.
 */
final class EventCodec {
    /** What the ledger adds to an event stays below the rest of its 65,535. */
    private static final int MAX_BYTES = 64_000;

    private static final byte FORMAT = 1;

    private EventCodec() {}

    /** How the person of an event stands in the buffer. */
    enum PersonForm {
        NONE(0),
        SEALED(1),
        WITHHELD(2);

        final int code;

        PersonForm(int code) {
            this.code = code;
        }
    }

    /**
     * A buffered event. Arrays are not copied, this stays inside.
     *
     * @param event        without the person and the personal facts
     * @param sealedPerson the person, sealed under their key; empty if there is none
     * @param sealedFacts  likewise the personal facts
     */
    record Buffered(LedgerEvent event, PersonForm form, byte[] sealedPerson, byte[] sealedFacts) {}

    /**
     * Writes a buffered event.
     *
     * @throws IllegalArgumentException if it is larger than what the ledger takes, or a text is no text
     */
    static byte[] encode(Buffered buffered) {
        LedgerEvent event = buffered.event();
        FieldWriter out = new FieldWriter();
        out.octet(FORMAT);
        out.id(event.id());
        out.instant(event.occurredAt());
        out.text(event.kind().value());
        out.text(event.portal().map(PortalId::value).orElse(""));
        out.text(event.zone().map(ZoneCode::value).orElse(""));
        out.octet(buffered.form().code);
        out.facts(event.facts());
        out.block(buffered.sealedPerson());
        out.block(buffered.sealedFacts());
        if (out.size() > MAX_BYTES) {
            throw new IllegalArgumentException("event " + event.id() + " takes " + out.size()
                    + " bytes in the outbox, the limit is " + MAX_BYTES + ": record shorter facts");
        }
        return out.toByteArray();
    }

    /**
     * Reads a buffered event.
     *
     * @throws LedgerException if these are no such bytes
     */
    static Buffered decode(byte[] bytes) throws LedgerException {
        return FieldReader.whole(bytes, FORMAT, EventCodec::buffered, EventCodec::notAsWritten);
    }

    private static Buffered buffered(FieldReader in) throws CharacterCodingException {
        UUID id = in.id();
        Instant occurredAt = in.instant();
        EventKind kind = EventKind.of(in.text());
        Optional<PortalId> portal = in.optionalText().map(PortalId::of);
        Optional<ZoneCode> zone = in.optionalText().map(ZoneCode::of);
        PersonForm form = form(in.octet());
        LedgerEvent event =
                new LedgerEvent(id, occurredAt, kind, portal, zone, Optional.empty(), in.facts(), new TreeMap<>());
        return new Buffered(event, form, in.block(), in.block());
    }

    private static PersonForm form(int code) {
        for (PersonForm form : PersonForm.values()) {
            if (form.code == code) {
                return form;
            }
        }
        throw new IllegalArgumentException("no form of a person has the number " + code);
    }

    private static LedgerException notAsWritten(Exception cause) {
        return new LedgerException("a buffered event is not in the form in which it was written", cause);
    }

    /** The personal facts as they are sealed. */
    static byte[] encodeFacts(SortedMap<String, String> facts) {
        FieldWriter out = new FieldWriter();
        out.octet(FORMAT);
        out.facts(facts);
        return out.toByteArray();
    }

    static SortedMap<String, String> decodeFacts(byte[] bytes) throws LedgerException {
        return FieldReader.whole(bytes, FORMAT, FieldReader::facts, EventCodec::notAsWritten);
    }
}
