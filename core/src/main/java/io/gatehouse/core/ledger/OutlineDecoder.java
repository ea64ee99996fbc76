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
 * has no {@link EntryParts} is left to it too, which says what is wrong.
 */
final class OutlineDecoder {
    private static final int MAX_KNOWN = 8_192;
    private static final int MAX_KNOWN_BYTES = 256;

    private final Map<ByteBuffer, Clear> places = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Map<String, String>> facts = new ConcurrentHashMap<>();

    /** Kind, portal and zone of entries. */
    private record Clear(EventKind kind, Optional<PortalId> portal, Optional<ZoneCode> zone) {}

    /**
     * Reads an entry whose bytes were held against its leaf hash.
     *
     * @throws LedgerException if they are not in canonical form
     */
    Outline decode(long position, byte[] content, byte[] leafHash) throws LedgerException {
        ByteBuffer in = ByteBuffer.wrap(content);
        EntryParts parts = EntryParts.of(content);
        if (parts != null) {
            Clear clear = places.get(in.slice(EntryParts.TEXTS_AT, parts.person() - EntryParts.TEXTS_AT));
            Map<String, String> known = facts.get(in.slice(parts.facts(), parts.sealed() - parts.facts()));
            if (clear != null && known != null) {
                boolean isSomebody = parts.isSomebody(content);
                return outline(
                        position,
                        instant(in, EntryParts.OCCURRED_AT),
                        instant(in, EntryParts.RECORDED_AT),
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

    private Outline decodeAnew(long position, byte[] content, byte[] leafHash, @Nullable EntryParts parts)
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
            remember(places, content, EntryParts.TEXTS_AT, parts.person(), clear);
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

    private static Instant instant(ByteBuffer in, int at) {
        return Instant.ofEpochSecond(in.getLong(at), in.getInt(at + Long.BYTES));
    }
}
