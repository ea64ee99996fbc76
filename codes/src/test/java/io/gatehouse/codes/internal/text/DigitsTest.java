package io.gatehouse.codes.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
    @ParameterizedTest
    @CsvSource({
        "00, 000",
        "ff, 255",
        "0000, 00000",
        "0100, 00256",
        "ffffff, 16777215",
        "00000001, 0000000001",
        "ffffffffff, 1099511627775",
        "000000000001, 000000000000001",
        "00000000000000, 00000000000000000",
        "ffffffffffffff, 72057594037927935",
        "0000000000000100, 00000000000000001000"
    })
    void writesNumbersWithTheirLeadingZeros(String hex, String digits) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Digits.encode(bytes)).isEqualTo(digits);
        assertThat(Digits.decode(ascii(digits), 0)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "00",
                "256",
                "999",
                "65536",
                "0000",
                "000000",
                "0000000",
                "16777216",
                "72057594037927936",
                "99999999999999999",
                "0000000000000000",
                "000000000000000000",
                "12a",
                "-01",
                "+01",
                " 12",
                "12\n",
                "٠٠١"
            })
    void refusesWhatNoBytesAreWrittenAs(String text) {
        assertThat(Digits.decode(text.getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
    }

    /** A fast way beside a plain one: each block as a big number. */
    @Test
    void writesWhatBigNumbersWrite() {
        long seed = 10;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            if (length > 0 && random.nextInt(4) == 0) {
                Arrays.fill(bytes, 0, random.nextInt(length), (byte) 0);
            }
            String digits = Digits.encode(bytes);
            assertThat(digits).isEqualTo(plain(bytes)).hasSize(Digits.length(length));
            assertThat(Digits.decode(ascii("7101" + digits), 4)).contains(bytes);
        }
    }

    private static String plain(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 7) {
            byte[] block = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + 7));
            int width = BigInteger.ONE
                    .shiftLeft(8 * block.length)
                    .subtract(BigInteger.ONE)
                    .toString()
                    .length();
            String number = new BigInteger(1, block).toString();
            text.append("0".repeat(width - number.length())).append(number);
        }
        return text.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
