package io.gatehouse.devices.wiegand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CardFormatTest {
    static Stream<CardFormat> formats() {
        return CardFormats.all().stream();
    }

    @ParameterizedTest
    @DisplayName("reads the published examples of H10301")
    @CsvSource({"2006F623AE,123,4567", "200670012D,56,150"})
    void readsPublishedCards(String line, long facility, long number) {
        CardBits bits = WiegandLineCodec.decode(line).orElseThrow();

        assertThat(bits.length()).isEqualTo(26);
        assertThat(CardFormats.H10301.decode(bits)).isEqualTo(new CardDecoding.Decoded("H10301", facility, number));
        assertThat(WiegandLineCodec.encodeSentinel(CardFormats.H10301.encode(facility, number)))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void readsBackWhatItWrites(CardFormat format) {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            long facility = random.nextLong() & mask(format, 'F');
            long number = random.nextLong() & mask(format, 'C');
            CardBits bits = format.encode(facility, number);
            assertThat(format.decode(bits))
                    .as("%s seed %d round %d", format.name(), seed, i)
                    .isEqualTo(new CardDecoding.Decoded(format.name(), facility, number));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    @DisplayName(
            "a flipped bit is refused where parity covers it or it is constant, and is another card or nothing elsewhere")
    void noticesEverySingleFlippedBitThatItCan(CardFormat format) {
        CardBits bits = format.encode(mask(format, 'F') / 3, mask(format, 'C') / 5);
        for (int i = 0; i < bits.length(); i++) {
            int place = i;
            char letter = format.layout().charAt(i);
            boolean isCovered = letter == '0'
                    || letter == '1'
                    || format.parities().stream()
                            .anyMatch(parity -> parity.mask().charAt(place) != '.');
            CardBits flipped = new CardBits(bits.length(), bits.value().flipBit(bits.length() - 1 - i));
            if (isCovered) {
                assertThat(reason(format.decode(flipped))).as("bit %d", i).isEqualTo("card.parity");
            } else if (letter == '-') {
                assertThat(format.decode(flipped)).as("bit %d", i).isEqualTo(format.decode(bits));
            } else {
                assertThat(format.decode(flipped)).as("bit %d", i).isNotEqualTo(format.decode(bits));
            }
        }
    }

    @Test
    @DisplayName(
            "the table has the lengths that readers send, names are unique, and formats of one length can be told by name")
    void tableIsComplete() {
        assertThat(CardFormats.all())
                .extracting(CardFormat::length)
                .contains(26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 39, 40, 44, 46, 48, 50, 56)
                .isSorted();
        assertThat(CardFormats.all()).extracting(CardFormat::name).doesNotHaveDuplicates();
        for (CardFormat format : CardFormats.all()) {
            assertThat(CardFormats.find(format.name().toUpperCase(Locale.ROOT))).contains(format);
        }
        assertThat(CardFormats.find("no such")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("cards whose bits are worked out by hand")
    @CsvSource({
        // 1111, facility 0x123, card 0x4567, then F1 ^ 23 ^ 45 ^ 67 = F0.
        "P10001,F1234567F0,40,291,17767",
        // 0123456789, and 0^1^...^9 = 1.
        "Check-44,01234567891,44,0,4886718345",
        // Facility 1, card 1: one bit set among the first 16, so the even parity is 1; one among the last 16, so the
        // odd one is 0.
        "D10202,102000002,33,1,1",
        // Facility 1, card 1: two bits set among all 44, so the even parity is 0 and the odd one 1; with card 3 it is
        // three.
        "H800002,80000003,46,1,1",
        "H800002,200080000006,46,1,3",
        // Facility 1, card 1: one bit set in each half of 27, so the even parity is 1 and the odd one 0.
        "Avigilon-56,80000800000002,56,1,1"
    })
    void readsCardsWorkedOutByHand(String name, String hex, int length, long facility, long number) {
        CardFormat format = CardFormats.find(name).orElseThrow();
        CardBits bits = new CardBits(length, new BigInteger(hex, 16));

        assertThat(format.decode(bits)).isEqualTo(new CardDecoding.Decoded(name, facility, number));
        assertThat(format.encode(facility, number)).isEqualTo(bits);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void refusesEveryOtherLength(CardFormat format) {
        for (int length = 1; length <= CardBits.MAX_LENGTH; length++) {
            if (length != format.length()) {
                assertThat(reason(format.decode(new CardBits(length, BigInteger.ZERO))))
                        .isEqualTo("card.length");
            }
        }
    }

    @Test
    @DisplayName("computes the interleaved parity of Corporate 1000 from the published masks")
    void agreesWithThePublishedMasks() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            long fields = random.nextLong();
            assertThat(CardFormats.CORPORATE_1000_35
                            .encode(fields >>> 20 & 0xFFF, fields & 0xFFFFF)
                            .value())
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(BigInteger.valueOf(
                            interleaved(35, (fields & 0xFFFF_FFFFL) << 1, 0x1_B6DB_6DB6L, 0x3_6DB6_DB6CL)));
            assertThat(CardFormats.CORPORATE_1000_48
                            .encode(fields >>> 23 & 0x3FFFFF, fields & 0x7FFFFF)
                            .value())
                    .as("seed %d round %d", seed, i)
                    .isEqualTo(BigInteger.valueOf(
                            interleaved(48, (fields & 0x1FFF_FFFF_FFFFL) << 1, 0x1B6D_B6DB_6DB6L, 0x36DB_6DB6_DB6CL)));
        }
    }

    /** Even parity in the second bit, odd in the last, odd over everything in the first. */
    private static long interleaved(int length, long fields, long even, long odd) {
        long bits = fields;
        bits |= (long) (Long.bitCount(bits & even) & 1) << (length - 2);
        bits |= (Long.bitCount(bits & odd) + 1) & 1;
        return bits | (long) ((Long.bitCount(bits) + 1) & 1) << (length - 1);
    }

    @Test
    void ranksCandidatesAndDoesNotChooseBetweenEquals() {
        CardBits bits = CardFormats.H10304.encode(321, 98_765);

        List<CardFormats.Candidate> candidates = CardFormats.candidates(bits, CardFormats.all());

        assertThat(candidates).extracting(it -> it.format().name()).containsExactly("H10304", "H10302", "MDI-37");
        assertThat(candidates).extracting(CardFormats.Candidate::errors).containsExactly(0, 0, 0);
        assertThat(candidates.get(0).cardNumber()).isEqualTo(98_765);
        assertThat(CardFormats.candidates(new CardBits(25, BigInteger.ONE), CardFormats.all()))
                .isEmpty();
    }

    @Test
    void ranksAFormatWhoseParityHoldsFirst() {
        CardFormat other = new CardFormat(
                "site",
                "P" + "F".repeat(12) + "C".repeat(12) + "P",
                List.of(
                        new ParityBit("O" + "X".repeat(12) + ".".repeat(13)),
                        new ParityBit(".".repeat(13) + "X".repeat(12) + "E")));
        CardBits bits = CardFormats.H10301.encode(1, 2);

        assertThat(CardFormats.candidates(bits, List.of(other, CardFormats.H10301)))
                .extracting(it -> it.format().name())
                .containsExactly("H10301", "site");
    }

    @Test
    void refusesNumbersThatDoNotFitAndLayoutsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> CardFormats.H10301.encode(256, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> CardFormats.H10301.encode(1, 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> CardFormats.H10302.encode(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CardFormat("x", "PFCF", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CardFormat("x", "PC", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CardFormat("x", "PC", List.of(new ParityBit("XO"))));
    }

    private static long mask(CardFormat format, char letter) {
        return (1L << format.layout().chars().filter(it -> it == letter).count()) - 1;
    }

    private static String reason(CardDecoding decoding) {
        return decoding.fold(decoded -> "decoded", refused -> refused.reason().code());
    }
}
