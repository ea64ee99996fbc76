package io.gatehouse.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static EntryBytes entry(String fact) {
        return new EntryBytes(
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                Instant.parse("2026-03-01T08:00:00.000000001Z"),
                Instant.parse("1969-12-31T23:59:59.5Z"),
                "gate.decision",
                "north",
                "",
                Optional.of(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f")),
                false,
                new TreeMap<>(Map.of("decision", fact, "größe", "1")),
                new byte[] {9, 8, 7});
    }

    @Test
    void writesTheDocumentedBytes() {
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(entry("granted"))))
                .isEqualTo("01" + "00112233445566778899aabbccddeeff"
                        + "0000000069a3f20000000001"
                        + "ffffffffffffffff1dcd6500"
                        + "000d676174652e6465636973696f6e"
                        + "00056e6f727468"
                        + "0000"
                        + "01" + "000102030405060708090a0b0c0d0e0f"
                        + "0002"
                        + "00086465636973696f6e" + "00076772616e746564"
                        + "00076772c3b6c39f65" + "000131"
                        + "00000003" + "090807");
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        byte[] bytes = EntryCodec.encode(entry("granted"));
        assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void refusesEveryCutAndEverySurplus() {
        byte[] bytes = EntryCodec.encode(entry("granted"));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryCodec.decode(cut)).isInstanceOf(LedgerException.class);
        }
        assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void readsAFlippedBitAsAnotherEntryInCanonicalFormOrNotAtAll() {
        byte[] bytes = EntryCodec.encode(entry("granted"));
        int refused = 0;
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(EntryCodec.encode(EntryCodec.decode(flipped))).isEqualTo(flipped);
            } catch (LedgerException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length);
    }

    @Test
    void refusesWhatDoesNotFitAnEntry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryCodec.encode(entry("x".repeat(65_500))))
                .withMessageContaining("65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryCodec.encode(entry("\ud800")))
                .withMessageContaining("surrogate");
    }

    @Test
    void refusesFactsOutOfOrder() {
        byte[] facts = EntryCodec.encodeFacts(new TreeMap<>(Map.of("a", "1", "b", "2")));
        byte[] swapped = facts.clone();
        swapped[5] = 'b';
        swapped[11] = 'a';
        assertThat(new String(facts, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("a");
        assertThatThrownBy(() -> EntryCodec.decodeFacts(swapped)).isInstanceOf(LedgerException.class);
    }
}
