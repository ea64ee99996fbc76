package io.gatehouse.codes.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes as decimal digits, for scanners that type what they read: every keyboard layout has the digits where they are,
 * and few have the rest. Seven bytes are one number of 17 digits, with its leading zeros, in big-endian order; what is left at
 * the end is one shorter number. 3.33 bits a digit in QR's numeric mode make 8.1 bits a byte, less than base45 takes.
 * Decoding is strict: digits of ASCII only, no number that its bytes do not hold, so every text has one meaning and every
 * bytes one text.
 */
public final class Digits {
    private static final int BLOCK_BYTES = 7;
    private static final int BLOCK_DIGITS = 17;
    /** How many digits so many bytes take: those of the largest number that they hold. */
    private static final int[] DIGITS_OF = {0, 3, 5, 8, 10, 13, 15, BLOCK_DIGITS};

    private static final int RADIX = 10;

    private Digits() {}

    public static String encode(byte[] bytes) {
        byte[] digits = new byte[length(bytes.length)];
        int out = 0;
        for (int i = 0; i < bytes.length; i += BLOCK_BYTES) {
            int count = Math.min(BLOCK_BYTES, bytes.length - i);
            long number = 0;
            for (int j = 0; j < count; j++) {
                number = number << 8 | (bytes[i + j] & 0xFF);
            }
            for (int j = DIGITS_OF[count] - 1; j >= 0; j--) {
                digits[out + j] = (byte) ('0' + number % RADIX);
                number /= RADIX;
            }
            out += DIGITS_OF[count];
        }
        return new String(digits, StandardCharsets.US_ASCII);
    }

    /** How many digits so many bytes are. */
    public static int length(int bytes) {
        return bytes / BLOCK_BYTES * BLOCK_DIGITS + DIGITS_OF[bytes % BLOCK_BYTES];
    }

    /** The bytes of the ASCII digits from {@code from} on, or empty if no bytes are written so. */
    public static Optional<byte[]> decode(byte[] ascii, int from) {
        int digits = ascii.length - from;
        int rest = Arrays.binarySearch(DIGITS_OF, digits % BLOCK_DIGITS);
        if (rest < 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[digits / BLOCK_DIGITS * BLOCK_BYTES + rest];
        int in = from;
        for (int i = 0; i < bytes.length; i += BLOCK_BYTES) {
            int count = Math.min(BLOCK_BYTES, bytes.length - i);
            long number = number(ascii, in, DIGITS_OF[count]);
            if (number < 0 || number >>> (8 * count) != 0) {
                return Optional.empty();
            }
            for (int j = count - 1; j >= 0; j--) {
                bytes[i + j] = (byte) number;
                number >>>= 8;
            }
            in += DIGITS_OF[count];
        }
        return Optional.of(bytes);
    }

    /** At most 17 digits, so it fits 63 bits; −1 if one is none. */
    private static long number(byte[] ascii, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            if (ascii[i] < '0' || ascii[i] > '9') {
                return -1;
            }
            number = number * RADIX + (ascii[i] - '0');
        }
        return number;
    }
}
