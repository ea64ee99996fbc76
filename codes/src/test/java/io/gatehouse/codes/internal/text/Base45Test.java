package io.gatehouse.codes.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base45Test {
    @ParameterizedTest
    @CsvSource({"AB, BB8", "Hello!!, %69 VD92EX0", "base-45, UJCLQE7W581", "ietf!, QED8WEX0"})
    void encodesTheExamplesOfTheRfc(String bytes, String text) {
        assertThat(Base45.encode(ascii(bytes))).isEqualTo(text);
        assertThat(Base45.decode(ascii(text), 0)).contains(ascii(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "BB8A", "GGW", ":::", "::", "bb8", "B_8", "U6"})
    void refusesWhatNoBytesEncodeTo(String text) {
        assertThat(Base45.decode(ascii(text), 0)).isEmpty();
    }

    @Test
    void refusesCharactersBeyondAscii() {
        assertThat(Base45.decode(new byte[] {(byte) 0xC3, (byte) 0x84}, 0)).isEmpty();
    }

    @Test
    void givesBackWhatItWasGiven() {
        long seed = 45;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base45.decode(ascii("GH1:" + Base45.encode(bytes)), 4)).contains(bytes);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
