package io.gatehouse.devices.wiegand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderFormatsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void takesFormatsOfDifferentLengths() {
        ReaderFormats formats = ReaderFormats.of(CardFormats.H10301, CardFormats.CORPORATE_1000_48);
        assertThat(formats.decode(CardFormats.H10301.encode(123, 4567)))
                .isEqualTo(new CardDecoding.Decoded("H10301", 123, 4567));
        assertThat(formats.decode(CardFormats.CORPORATE_1000_48.encode(7, 8)))
                .isEqualTo(new CardDecoding.Decoded("Corporate1000-48", 7, 8));
        assertThat(formats.decode(CardFormats.H10302.encode(0, 9))
                        .<String>fold(card -> "", no -> no.reason().text()))
                .contains("37 bits", "H10301 (26 bits), Corporate1000-48 (48 bits)");
    }

    @Test
    void refusesTwoFormatsThatBitsCannotTellApart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReaderFormats.of(CardFormats.H10302, CardFormats.H10304))
                .withMessageContaining("H10302 and H10304 both have 37 bits");
        assertThatIllegalArgumentException().isThrownBy(ReaderFormats::of);
    }

    @Test
    void readsKeysOnlyWhereThereIsAKeypad() {
        ReaderFormats cards = ReaderFormats.of(CardFormats.H10301);
        for (CardBits burst : new CardBits[] {KeypadCodec.encode('7'), KeypadCodec.encodeChecked('7')}) {
            assertThat(cards.withKeypad().read(burst, NOON, "front"))
                    .isEqualTo(new CardReading.Key('7', NOON, "front"));
            assertThat(kind(cards.read(burst, NOON, "front"))).isEqualTo("card.length");
        }
        assertThat(kind(cards.withKeypad().read(CardFormats.H10301.encode(1, 2), NOON, "front")))
                .isEqualTo("read");
        CardFormat short8 = new CardFormat("site-8", "C".repeat(8), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReaderFormats.of(short8).withKeypad())
                .withMessageContaining("site-8 has 8 bits");
    }

    @Test
    void readsEveryKeyAndNoOtherBurst() {
        StringBuilder keys = new StringBuilder();
        int checked = 0;
        for (int value = 0; value < 256; value++) {
            checked += KeypadCodec.decode(new CardBits(8, BigInteger.valueOf(value)))
                            .isPresent()
                    ? 1
                    : 0;
            if (value < 16) {
                KeypadCodec.decode(new CardBits(4, BigInteger.valueOf(value))).ifPresent(keys::append);
            }
        }
        assertThat(keys).hasToString("0123456789*#");
        assertThat(checked).isEqualTo(12);
        assertThat(KeypadCodec.encodeChecked('5').text()).isEqualTo("10100101");
        assertThatIllegalArgumentException().isThrownBy(() -> KeypadCodec.encode('A'));
    }

    @Test
    void gathersWhatIsTypedUpToTheHash() {
        KeypadEntry entry = KeypadEntry.create(6, Duration.ofSeconds(5));
        assertThat(type(entry, NOON, "1234#")).isEqualTo("1234");
        assertThat(type(entry, NOON, "99*567#")).as("a star begins anew").isEqualTo("567");
        assertThat(type(entry, NOON, "#")).isEmpty();
        assertThat(type(entry, NOON, "1234567#")).as("too long fits nobody's").isEmpty();
        assertThat(type(entry, NOON, "123456#")).isEqualTo("123456");
        type(entry, NOON, "12");
        assertThat(type(entry, NOON.plusSeconds(6), "34#"))
                .as("a pause begins anew")
                .isEqualTo("34");
        type(entry, NOON, "12");
        assertThat(type(entry, NOON.minusSeconds(60), "34#"))
                .as("a clock that went back begins anew")
                .isEqualTo("34");
        assertThat(new CardReading.Key('7', NOON, "front").toString() + entry).doesNotContain("7", "34");
    }

    private static String type(KeypadEntry entry, Instant at, String keys) {
        String typed = "";
        for (int i = 0; i < keys.length(); i++) {
            typed = entry.press(new CardReading.Key(keys.charAt(i), at, "front"))
                    .map(String::new)
                    .orElse("");
        }
        return typed;
    }

    private static String kind(CardReading reading) {
        return reading.fold(
                read -> "read", key -> "key", unreadable -> unreadable.reason().code());
    }
}
