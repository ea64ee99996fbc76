package io.gatehouse.codes.internal.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "10, 0a",
        "23, 17",
        "24, 1818",
        "25, 1819",
        "100, 1864",
        "255, 18ff",
        "256, 190100",
        "1000, 1903e8",
        "65535, 19ffff",
        "65536, 1a00010000",
        "1000000, 1a000f4240",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-10, 29",
        "-100, 3863",
        "-1000, 3903e7",
        "-65537, 3a00010000",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void readsAndWritesIntegersInTheirShortestForm(long value, String hex) throws CborException {
        CborReader reader = reader(hex);
        assertThat(reader.readInteger()).isEqualTo(value);
        reader.requireEnd();
        assertThat(HexFormat.of().formatHex(new CborWriter().integer(value).toByteArray()))
                .isEqualTo(hex);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "non-minimal 8 bits, 1817, more than it needs",
        "non-minimal 16 bits, 1900ff, more than it needs",
        "non-minimal 32 bits, 1a0000ffff, more than it needs",
        "non-minimal 64 bits, 1b00000000ffffffff, more than it needs",
        "non-minimal length, 580141, more than it needs",
        "64 bits, 1bffffffffffffffff, 63 bits",
        "reserved length, 1c, reserved",
        "indefinite bytes, 5f4101ff, indefinite",
        "indefinite array, 9f01ff, indefinite",
        "indefinite map, bf0102ff, indefinite",
        "break alone, ff, simple value",
        "float, f90000, simple value",
        "undefined, f7, simple value",
        "length beyond the end, 5901004141, more than 5",
        "huge length, 5b7fffffffffffffff, more than",
        "cut number, 19ff, end within",
        "cut array, 8201, the end",
        "key twice, a201010102, twice or out of order",
        "keys out of order, a202000100, twice or out of order",
        "text key twice, a2616100616101, twice or out of order",
        "too deep, 818181818181818100, nested more than 8",
        "trailing byte, 0000, too many"
    })
    void refusesWhatIsNotTheOneEncoding(String what, String hex, String why) {
        assertThatExceptionOfType(CborException.class)
                .as(what)
                .isThrownBy(() -> {
                    CborReader reader = reader(hex);
                    reader.skip();
                    reader.requireEnd();
                })
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "3863",
                "40",
                "43010203",
                "60",
                "6161",
                "824000",
                "a2006101014100",
                "d28100",
                "f6",
                "83f4f5f6"
            })
    void passesOverEveryKindOfItemToItsEnd(String hex) throws CborException {
        CborReader reader = reader(hex);
        reader.skip();
        reader.requireEnd();
    }

    @Test
    @Timeout(5)
    void stopsAtTheEndOfTheBytesHoweverManyItemsAreAnnounced() throws CborException {
        CborReader reader = reader("9b7fffffffffffffff" + "40".repeat(20));
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(reader::skip)
                .withMessage("the end where an item should be, at byte 29");
    }

    @Test
    void refusesMoreBytesThanAllowedBeforeReadingAny() {
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> CborReader.of(new byte[101], 100))
                .withMessage("101 bytes are more than the 100 allowed");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader("62c328").readText(10))
                .withMessageContaining("UTF-8");
    }

    @Test
    void refusesAnotherKindThanAskedFor() {
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader("01").readBytes(10))
                .withMessage("not a byte string, at byte 0");
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader("05").readUnsigned(4))
                .withMessageContaining("the integer 5 is more than 4");
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader("4401020304").readBytes(3))
                .withMessageContaining("4 bytes, more than 3");
        assertThatExceptionOfType(CborException.class)
                .isThrownBy(() -> reader("83010203").readArrayHead(1, 2))
                .withMessageContaining("3 items, not 1 to 2");
    }

    @Test
    void refusesAMapKeyThatComesTwiceOrOutOfOrder() throws CborException {
        List<Long> keys = new ArrayList<>();
        CborReader good = reader("a3010002002000");
        good.readIntegerMap(5, key -> {
            keys.add(key);
            good.skip();
        });
        assertThat(keys).containsExactly(1L, 2L, -1L);
        for (String hex : List.of("a201000100", "a202000100", "a220000100")) {
            CborReader bad = reader(hex);
            assertThatExceptionOfType(CborException.class)
                    .isThrownBy(() -> bad.readIntegerMap(5, key -> bad.skip()))
                    .withMessageContaining("twice or out of order");
        }
    }

    private static CborReader reader(String hex) throws CborException {
        return CborReader.of(HexFormat.of().parseHex(hex), 1_000);
    }
}
