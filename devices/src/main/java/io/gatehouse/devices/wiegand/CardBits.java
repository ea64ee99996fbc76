package io.gatehouse.devices.wiegand;

import java.math.BigInteger;
import java.util.Objects;

/**
 * The bits of one card read, first bit first, as they came over the wire. Immutable and thread-safe; {@code toString}
 * tells the length only, since the bits are the credential.
 *
 * @param length how many bits, 1 to {@value #MAX_LENGTH}
 * @param value  the bits as a number, the last bit is its lowest
 */
public record CardBits(int length, BigInteger value) {
    /** The longest read taken; known card formats have at most 200 bits. */
    public static final int MAX_LENGTH = 256;

    public CardBits {
        Objects.requireNonNull(value, "value");
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("a card read has 1 to " + MAX_LENGTH + " bits, not " + length);
        }
        if (value.signum() < 0 || value.bitLength() > length) {
            throw new IllegalArgumentException("a number of " + value.bitLength() + " bits does not fit in " + length);
        }
    }

    /** From text of zeros and ones. */
    public static CardBits ofText(String zerosAndOnes) {
        if (!zerosAndOnes.matches("[01]{1," + MAX_LENGTH + "}")) {
            throw new IllegalArgumentException("bits are written as 1 to " + MAX_LENGTH + " zeros and ones");
        }
        return new CardBits(zerosAndOnes.length(), new BigInteger(zerosAndOnes, 2));
    }

    /** The bit at a position, counted from 0 at the first. */
    public boolean bit(int position) {
        return value.testBit(length - 1 - Objects.checkIndex(position, length));
    }

    /** Zeros and ones, first bit first. */
    public String text() {
        String digits = value.toString(2);
        return "0".repeat(length - digits.length()) + digits;
    }

    @Override
    public String toString() {
        return "CardBits[" + length + " bits]";
    }
}
