package io.gatehouse.codes.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Base45 (RFC 9285): two bytes in three characters of QR's alphanumeric mode, so that bytes cost 8.25 bits each instead
 * of the 10.7 of base64 in byte mode. Decoding is strict: upper case, no spare characters, no values beyond 16 bits.
 */
public final class Base45 {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private static final int RADIX = 45;
    private static final byte[] DIGITS = digits();

    private Base45() {}

    public static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 3 + 1) / 2);
        for (int i = 0; i < bytes.length; i += 2) {
            boolean pair = i + 1 < bytes.length;
            int value = pair ? (bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF) : bytes[i] & 0xFF;
            text.append(ALPHABET.charAt(value % RADIX)).append(ALPHABET.charAt(value / RADIX % RADIX));
            if (pair) {
                text.append(ALPHABET.charAt(value / (RADIX * RADIX)));
            }
        }
        return text.toString();
    }

    /** The bytes of the ASCII characters from {@code from} on, or empty if they are not base45. */
    public static Optional<byte[]> decode(byte[] ascii, int from) {
        int length = ascii.length - from;
        if (length % 3 == 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length / 3 * 2 + length % 3 / 2];
        int out = 0;
        for (int i = from; i < ascii.length; i += 3) {
            boolean pair = i + 2 < ascii.length;
            int low = digit(ascii[i]);
            int middle = digit(ascii[i + 1]);
            int high = pair ? digit(ascii[i + 2]) : 0;
            int value = low + RADIX * middle + RADIX * RADIX * high;
            if ((low | middle | high) < 0 || value > (pair ? 0xFFFF : 0xFF)) {
                return Optional.empty();
            }
            if (pair) {
                bytes[out++] = (byte) (value >>> 8);
            }
            bytes[out++] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static int digit(byte character) {
        return character < 0 ? -1 : DIGITS[character];
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        byte[] alphabet = ALPHABET.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < alphabet.length; i++) {
            digits[alphabet[i]] = (byte) i;
        }
        return digits;
    }
}
