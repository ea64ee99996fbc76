package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.TilePath;
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
    private static final int MAX_FACTS = 64;
    private static final char REPLACEMENT = '\uFFFD';
    private static final int NANOS_A_SECOND = 1_000_000_000;

    private EntryCodec() {}

    /**
     * Writes an entry.
     *
     * @throws IllegalArgumentException if it has more bytes than an entry may have
     */
    static byte[] encode(EntryBytes entry) {
        Writer out = new Writer();
        out.bytes.write(FORMAT);
        out.number(entry.id().getMostSignificantBits(), Long.BYTES);
        out.number(entry.id().getLeastSignificantBits(), Long.BYTES);
        out.instant(entry.occurredAt());
        out.instant(entry.recordedAt());
        out.text(entry.kind());
        out.text(entry.portal());
        out.text(entry.zone());
        out.bytes.write(entry.withheld() ? WITHHELD : entry.pseudonym().isPresent() ? PSEUDONYM : NO_PERSON);
        entry.pseudonym().ifPresent(out.bytes::writeBytes);
        out.facts(entry.facts());
        out.number(entry.sealed().length, Integer.BYTES);
        out.bytes.writeBytes(entry.sealed());
        if (out.bytes.size() > TilePath.MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("event " + entry.id() + " takes " + out.bytes.size()
                    + " bytes in the ledger, the limit is " + TilePath.MAX_ENTRY_BYTES + ": record shorter facts");
        }
        return out.bytes.toByteArray();
    }

    /**
     * Reads an entry.
     *
     * @throws LedgerException if the bytes are not in canonical form
     */
    static EntryBytes decode(byte[] bytes) throws LedgerException {
        return reading(bytes, in -> {
            UUID id = new UUID(in.bytes.getLong(), in.bytes.getLong());
            Instant occurredAt = in.instant();
            Instant recordedAt = in.instant();
            String kind = in.text();
            String portal = in.text();
            String zone = in.text();
            byte person = in.bytes.get();
            in.require(person >= NO_PERSON && person <= WITHHELD);
            Optional<byte[]> pseudonym = person == PSEUDONYM ? Optional.of(in.take(PSEUDONYM_BYTES)) : Optional.empty();
            SortedMap<String, String> facts = in.facts();
            byte[] sealed = in.take(in.bytes.getInt());
            in.require(sealed.length == 0 || person == PSEUDONYM);
            return new EntryBytes(
                    id, occurredAt, recordedAt, kind, portal, zone, pseudonym, person == WITHHELD, facts, sealed);
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
            in.require(in.bytes.get() == FORMAT);
            T read = reading.read(in);
            in.require(!in.bytes.hasRemaining());
            return read;
        } catch (BufferUnderflowException | CharacterCodingException | DateTimeException | IllegalArgumentException e) {
            throw new LedgerException("an entry is not in canonical form: it was altered or cut", e);
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

        void facts(SortedMap<String, String> facts) {
            number(facts.size(), Short.BYTES);
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                text(fact.getKey());
                text(fact.getValue());
            }
        }
    }

    private record Reader(ByteBuffer bytes) {
        void require(boolean canonical) {
            if (!canonical) {
                throw new IllegalArgumentException("not canonical at byte " + bytes.position());
            }
        }

        byte[] take(int length) {
            require(length >= 0 && length <= bytes.remaining());
            byte[] taken = new byte[length];
            bytes.get(taken);
            return taken;
        }

        Instant instant() {
            long seconds = bytes.getLong();
            int nanos = bytes.getInt();
            require(nanos >= 0 && nanos < NANOS_A_SECOND);
            return Instant.ofEpochSecond(seconds, nanos);
        }

        String text() throws CharacterCodingException {
            byte[] utf8 = take(bytes.getShort() & 0xFFFF);
            String text = new String(utf8, StandardCharsets.UTF_8);
            // That puts the replacement character for what is no UTF-8; a decoder that refuses it takes several times
            // as long.
            return text.indexOf(REPLACEMENT) < 0
                    ? text
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(utf8))
                            .toString();
        }

        SortedMap<String, String> facts() throws CharacterCodingException {
            int count = bytes.getShort() & 0xFFFF;
            require(count <= MAX_FACTS);
            TreeMap<String, String> facts = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                String name = text();
                require(facts.isEmpty() || facts.lastKey().compareTo(name) < 0);
                facts.put(name, text());
            }
            return facts;
        }
    }
}
