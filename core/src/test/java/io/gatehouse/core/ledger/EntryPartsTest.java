package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holds the parts of entries against the entries as they are decoded. */
class EntryPartsTest {
    private static final List<String> TEXTS =
            List.of("", "a", "door-7", "门", "x".repeat(130), "ledger.outcome", "\u0000\n");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private EntryBytes entry() {
        TreeMap<String, String> facts = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            facts.put(text() + random.nextInt(12), text());
        }
        boolean isSomebody = random.nextBoolean();
        return new EntryBytes(
                new UUID(random.nextLong(), random.nextLong()),
                Instant.ofEpochSecond(
                        random.nextInt(4) == 0 ? random.nextLong() >> 9 : random.nextInt(),
                        random.nextInt(1_000_000_000)),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                text(),
                text(),
                text(),
                isSomebody ? Optional.of(bytes(EntryCodec.PSEUDONYM_BYTES)) : Optional.empty(),
                !isSomebody && random.nextBoolean(),
                facts,
                isSomebody ? bytes(random.nextInt(40)) : new byte[0]);
    }

    private static Optional<EntryBytes> decoded(byte[] content) {
        try {
            return Optional.of(EntryCodec.decode(content));
        } catch (LedgerException e) {
            return Optional.empty();
        }
    }

    private static String text(byte[] content, int at, int end) {
        return new String(content, at + Short.BYTES, end - at - Short.BYTES, StandardCharsets.UTF_8);
    }

    private EntryParts parts(byte[] content) {
        return Objects.requireNonNull(EntryParts.of(content), () -> "no parts, seed " + seed);
    }

    private void requireSame(EntryBytes entry, byte[] content) {
        EntryParts parts = parts(content);
        assertThat(text(content, EntryParts.TEXTS_AT, parts.portal())).isEqualTo(entry.kind());
        assertThat(text(content, parts.portal(), parts.zone())).isEqualTo(entry.portal());
        assertThat(text(content, parts.zone(), parts.person())).isEqualTo(entry.zone());
        assertThat(Arrays.copyOfRange(content, EntryParts.ID_AT, EntryParts.OCCURRED_AT))
                .isEqualTo(LedgerTables.bytes(entry.id()));
        assertThat(EntryParts.occurredNanos(content)).isEqualTo(IndexColumns.nanos(entry.occurredAt()));
        assertThat(parts.isSomebody(content)).isEqualTo(entry.pseudonym().isPresent());
        entry.pseudonym()
                .ifPresent(pseudonym -> assertThat(Arrays.copyOfRange(content, parts.person() + 1, parts.facts()))
                        .isEqualTo(pseudonym));
    }

    @Test
    void findsThePartsOfEveryEntry() {
        int plain = 0;
        for (int i = 0; i < 3_000; i++) {
            EntryBytes entry = entry();
            byte[] content = EntryCodec.encode(entry);
            requireSame(entry, content);
            plain += parts(content).isPlain(content) ? 1 : 0;
        }
        assertThat(plain).as("seed %d", seed).isBetween(300, 2_700);
    }

    @Test
    @DisplayName("whatever is decoded has parts, and whatever is plain is decoded, however its bytes were altered")
    void agreesWithTheDecoderOnAlteredBytes() {
        int refused = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] content = EntryCodec.encode(entry());
            for (int flips = 1 + random.nextInt(2); flips > 0; flips--) {
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (random.nextInt(8) == 0) {
                content = Arrays.copyOf(content, random.nextInt(content.length + 9));
            }
            Optional<EntryBytes> decoded = decoded(content);
            EntryParts parts = EntryParts.of(content);
            if (decoded.isPresent()) {
                requireSame(decoded.get(), content);
            } else {
                refused++;
                assertThat(parts != null && parts.isPlain(content))
                        .as("seed %d", seed)
                        .isFalse();
            }
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void factsThatDoNotAscendAreNotPlain() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("aa", "1");
        facts.put("ab", "2");
        byte[] content = EntryCodec.encode(new EntryBytes(
                new UUID(1, 2),
                Instant.EPOCH,
                Instant.EPOCH,
                "kind",
                "",
                "",
                Optional.empty(),
                false,
                facts,
                new byte[0]));
        assertThat(parts(content).isPlain(content)).isTrue();
        for (byte second : new byte[] {'a', 'A'}) {
            byte[] altered = content.clone();
            // The name "ab" begins 12 bytes before the end: 2 bytes of it, 3 of its value, 4 of no sealed part.
            altered[content.length - 8] = second;
            assertThat(parts(altered).isPlain(altered)).isFalse();
            assertThat(decoded(altered)).isEmpty();
        }
    }
}
