package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerEntry.Outline;
import io.gatehouse.core.place.PortalId;
import io.gatehouse.core.place.ZoneCode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes outlines of the canonical bytes of entries. Thread-safe.
 *
 * <p>Among millions of entries there are few combinations of kind, portal and zone, and few of facts. So their bytes are
 * looked up as they stand, and only those that were not met before are read and checked, by {@link EntryCodec}. Whatever
 * is not plainly of its format 1 is left to it too, which says what is wrong.
 */
final class OutlineDecoder {
    private static final int MAX_KNOWN = 8_192;
    private static final int MAX_KNOWN_BYTES = 256;

    private static final byte FORMAT = 1;
    private static final int OCCURRED_AT = 17;
    private static final int RECORDED_AT = 29;
    private static final int TEXTS_AT = 41;
    private static final byte PSEUDONYM = 1;
    private static final byte WITHHELD = 2;
    private static final int NANOS_A_SECOND = 1_000_000_000;

    private final Map<ByteBuffer, Clear> places = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Map<String, String>> facts = new ConcurrentHashMap<>();

    /** Kind, portal and zone of entries. */
    private record Clear(EventKind kind, Optional<PortalId> portal, Optional<ZoneCode> zone) {}

    /** Where the parts of an entry stand in its bytes: each ends where the next begins. */
    private record Parts(int person, int facts, int sealed) {}

    /**
     * Reads an entry whose bytes were held against its leaf hash.
     *
     * @throws LedgerException if they are not in canonical form
     */
    Outline decode(long position, byte[] content, byte[] leafHash) throws LedgerException {
        ByteBuffer in = ByteBuffer.wrap(content);
        Parts parts = parts(in);
        if (parts != null) {
            Clear clear = places.get(in.slice(TEXTS_AT, parts.person() - TEXTS_AT));
            Map<String, String> known = facts.get(in.slice(parts.facts(), parts.sealed() - parts.facts()));
            if (clear != null && known != null) {
                boolean isSomebody = content[parts.person()] == PSEUDONYM;
                return outline(
                        position,
                        instant(in, OCCURRED_AT),
                        instant(in, RECORDED_AT),
                        clear,
                        isSomebody
                                ? Optional.of(HexFormat.of().formatHex(content, parts.person() + 1, parts.facts()))
                                : Optional.empty(),
                        known,
                        leafHash);
            }
        }
        return decodeAnew(position, content, leafHash, parts);
    }

    private Outline decodeAnew(long position, byte[] content, byte[] leafHash, @Nullable Parts parts)
            throws LedgerException {
        EntryBytes entry = EntryCodec.decode(content);
        Clear clear;
        try {
            clear = new Clear(
                    EventKind.of(entry.kind()),
                    entry.portal().isEmpty() ? Optional.empty() : Optional.of(PortalId.of(entry.portal())),
                    entry.zone().isEmpty() ? Optional.empty() : Optional.of(ZoneCode.of(entry.zone())));
        } catch (IllegalArgumentException e) {
            throw new LedgerException("entry " + position + " holds what no event can hold: it was altered", e);
        }
        Map<String, String> read = Map.copyOf(entry.facts());
        if (parts != null) {
            remember(places, content, TEXTS_AT, parts.person(), clear);
            remember(facts, content, parts.facts(), parts.sealed(), read);
        }
        Optional<String> pseudonym = entry.pseudonym().map(HexFormat.of()::formatHex);
        return outline(position, entry.occurredAt(), entry.recordedAt(), clear, pseudonym, read, leafHash);
    }

    private static Outline outline(
            long position,
            Instant occurredAt,
            Instant recordedAt,
            Clear clear,
            Optional<String> pseudonym,
            Map<String, String> facts,
            byte[] leafHash) {
        return new Outline(
                position,
                occurredAt,
                recordedAt,
                clear.kind(),
                clear.portal(),
                clear.zone(),
                pseudonym,
                Optional.empty(),
                facts,
                HexFormat.of().formatHex(leafHash));
    }

    /** Facts may be anything, such as a note: what is long, or one of too many, is read each time. */
    private static <T> void remember(Map<ByteBuffer, T> known, byte[] content, int from, int end, T value) {
        if (end - from <= MAX_KNOWN_BYTES && known.size() < MAX_KNOWN) {
            known.put(ByteBuffer.wrap(Arrays.copyOfRange(content, from, end)), value);
        }
    }

    /** Null if it is not plainly an entry of format 1. */
    private static @Nullable Parts parts(ByteBuffer in) {
        int length = in.limit();
        if (length <= TEXTS_AT || in.get(0) != FORMAT || !isTime(in, OCCURRED_AT) || !isTime(in, RECORDED_AT)) {
            return null;
        }
        int person = skipTexts(in, TEXTS_AT, 3);
        if (person >= length || in.get(person) < 0 || in.get(person) > WITHHELD) {
            return null;
        }
        boolean isSomebody = in.get(person) == PSEUDONYM;
        int facts = person + 1 + (isSomebody ? EntryCodec.PSEUDONYM_BYTES : 0);
        if (facts + Short.BYTES > length) {
            return null;
        }
        int sealed = skipTexts(in, facts + Short.BYTES, 2 * (in.getShort(facts) & 0xFFFF));
        if (sealed + Integer.BYTES > length) {
            return null;
        }
        int rest = length - sealed - Integer.BYTES;
        return in.getInt(sealed) == rest && (rest == 0 || isSomebody) ? new Parts(person, facts, sealed) : null;
    }

    private static boolean isTime(ByteBuffer in, int at) {
        long seconds = in.getLong(at);
        int nanos = in.getInt(at + Long.BYTES);
        return seconds >= Instant.MIN.getEpochSecond()
                && seconds <= Instant.MAX.getEpochSecond()
                && nanos >= 0
                && nanos < NANOS_A_SECOND;
    }

    /** After so many texts; after the end of the bytes if they are cut. */
    private static int skipTexts(ByteBuffer in, int from, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            if (at + Short.BYTES > in.limit()) {
                return in.limit() + 1;
            }
            at += Short.BYTES + (in.getShort(at) & 0xFFFF);
        }
        return at;
    }

    private static Instant instant(ByteBuffer in, int at) {
        return Instant.ofEpochSecond(in.getLong(at), in.getInt(at + Long.BYTES));
    }
}
