package io.gatehouse.codes.internal.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HkdfTest {
    @Test
    void derivesTheFirstExampleOfRfc5869() {
        byte[] derived = Hkdf.derive(
                hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                hex("000102030405060708090a0b0c"),
                hex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        assertThat(HexFormat.of().formatHex(derived))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** RFC 6238, appendix B, SHA-256, with steps of 30 s: the same hash of the same step, cut as the RFC cuts it. */
    @ParameterizedTest
    @CsvSource({
        "59, 46119246",
        "1111111109, 68084774",
        "1111111111, 67062674",
        "1234567890, 91819424",
        "2000000000, 90698825",
        "20000000000, 77737706"
    })
    void hashesTheStepsOfRfc6238(long seconds, int code) {
        byte[] hash = Hkdf.hmac(
                "12345678901234567890123456789012".getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(8).putLong(seconds / 30).array());
        int offset = hash[31] & 0xF;
        int cut = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
        assertThat(cut % 100_000_000).isEqualTo(code);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
