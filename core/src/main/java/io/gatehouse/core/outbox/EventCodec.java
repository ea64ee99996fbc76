package io.gatehouse.core.outbox;

import io.gatehouse.core.ledger.EventKind;
import io.gatehouse.core.ledger.LedgerEvent;
import io.gatehouse.core.ledger.LedgerException;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
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
    private static final int MAX_FACTS = 64;

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
        Writer out = new Writer();
        out.bytes.write(FORMAT);
        out.number(event.id().getMostSignificantBits(), Long.BYTES);
        out.number(event.id().getLeastSignificantBits(), Long.BYTES);
        out.instant(event.occurredAt());
        out.text(event.kind().value());
        out.text(event.portal().map(PortalId::value).orElse(""));
        out.text(event.zone().map(ZoneCode::value).orElse(""));
        out.bytes.write(buffered.form().code);
        out.facts(event.facts());
        out.block(buffered.sealedPerson());
        out.block(buffered.sealedFacts());
        if (out.bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("event " + event.id() + " takes " + out.bytes.size()
                    + " bytes in the outbox, the limit is " + MAX_BYTES + ": record shorter facts");
        }
        return out.bytes.toByteArray();
    }

    /**
     * Reads a buffered event.
     *
     * @throws LedgerException if these are no such bytes
     */
    static Buffered decode(byte[] bytes) throws LedgerException {
        return reading(bytes, in -> {
            UUID id = new UUID(in.bytes.getLong(), in.bytes.getLong());
            Instant occurredAt = Instant.ofEpochSecond(in.bytes.getLong(), in.bytes.getInt());
            EventKind kind = EventKind.of(in.text());
            String portal = in.text();
            String zone = in.text();
            PersonForm form = in.personForm();
            LedgerEvent event = new LedgerEvent(
                    id,
                    occurredAt,
                    kind,
                    portal.isEmpty() ? Optional.empty() : Optional.of(PortalId.of(portal)),
                    zone.isEmpty() ? Optional.empty() : Optional.of(ZoneCode.of(zone)),
                    Optional.empty(),
                    in.facts(),
                    new TreeMap<>());
            return new Buffered(event, form, in.block(), in.block());
        });
    }

    /** The personal facts as they are sealed. */
    static byte[] encodeFacts(SortedMap<String, String> facts) {
        Writer out = new Writer();
        out.bytes.write(FORMAT);
        out.facts(facts);
        return out.bytes.toByteArray();
    }

    static SortedMap<String, String> decodeFacts(byte[] bytes) throws LedgerException {
        return reading(bytes, Reader::facts);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(Reader in) throws CharacterCodingException;
    }

    private static <T> T reading(byte[] bytes, Reading<T> reading) throws LedgerException {
        Reader in = new Reader(ByteBuffer.wrap(bytes));
        try {
            in.require(in.bytes.get() == FORMAT, "another format");
            T read = reading.read(in);
            in.require(!in.bytes.hasRemaining(), "bytes at the end");
            return read;
        } catch (BufferUnderflowException | CharacterCodingException | DateTimeException | IllegalArgumentException e) {
            throw new LedgerException("a buffered event is not in the form in which it was written", e);
        }
    }

    private static final class Writer {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

        void number(long value, int size) {
            for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                bytes.write((int) (value >>> shift));
            }
        }

        void instant(Instant value) {
            number(value.getEpochSecond(), Long.BYTES);
            number(value.getNano(), Integer.BYTES);
        }

        void text(String value) {
            try {
                ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
                number(utf8.remaining(), Short.BYTES);
                while (utf8.hasRemaining()) {
                    bytes.write(utf8.get());
                }
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("a text holds half a surrogate pair, which is no character", e);
            }
        }

        void block(byte[] block) {
            number(block.length, Integer.BYTES);
            bytes.writeBytes(block);
        }

        void facts(SortedMap<String, String> facts) {
            number(facts.size(), Short.BYTES);
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                text(fact.getKey());
                text(fact.getValue());
            }
        }
    }

    private record Reader(ByteBuffer bytes) {
        void require(boolean right, String wrong) {
            if (!right) {
                throw new IllegalArgumentException(wrong + " at byte " + bytes.position());
            }
        }

        PersonForm personForm() {
            int code = bytes.get();
            for (PersonForm form : PersonForm.values()) {
                if (form.code == code) {
                    return form;
                }
            }
            throw new IllegalArgumentException("no form of a person at byte " + bytes.position());
        }

        byte[] block() {
            return take(bytes.getInt());
        }

        private byte[] take(int length) {
            require(length >= 0 && length <= bytes.remaining(), "a length beyond the end");
            byte[] taken = new byte[length];
            bytes.get(taken);
            return taken;
        }

        String text() throws CharacterCodingException {
            ByteBuffer utf8 = ByteBuffer.wrap(take(bytes.getShort() & 0xFFFF));
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(utf8);
            return text.toString();
        }

        SortedMap<String, String> facts() throws CharacterCodingException {
            int count = bytes.getShort() & 0xFFFF;
            require(count <= MAX_FACTS, "too many facts");
            TreeMap<String, String> facts = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                facts.put(text(), text());
            }
            return facts;
        }
    }
}
