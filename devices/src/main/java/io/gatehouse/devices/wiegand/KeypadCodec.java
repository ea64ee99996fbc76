package io.gatehouse.devices.wiegand;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of a reader's keypad as bursts on the data lines: 4 bits with the key's number, or 8, of which the first four are
 * the others inverted (Motorola and Dorado forms). 10 is {@code *}, 11 is {@code #}. Stateless and thread-safe.
 */
public final class KeypadCodec {
    static final Set<Integer> LENGTHS = Set.of(4, 8);

    private static final String KEYS = "0123456789*#";
    private static final int NIBBLE = 0xF;

    private KeypadCodec() {}

    /** The key, or empty if these bits are none. */
    public static Optional<Character> decode(CardBits bits) {
        if (!LENGTHS.contains(bits.length())) {
            return Optional.empty();
        }
        int value = bits.value().intValueExact();
        int key = value & NIBBLE;
        boolean checks = bits.length() == 4 || value >>> 4 == (~key & NIBBLE);
        return checks && key < KEYS.length() ? Optional.of(KEYS.charAt(key)) : Optional.empty();
    }

    /**
     * A key in 4 bits.
     *
     * @throws IllegalArgumentException if it is not a digit, {@code *} or {@code #}
     */
    public static CardBits encode(char key) {
        return new CardBits(4, BigInteger.valueOf(number(key)));
    }

    /** A key in 8 bits. */
    public static CardBits encodeChecked(char key) {
        int number = number(key);
        return new CardBits(8, BigInteger.valueOf((~number & NIBBLE) << 4 | number));
    }

    private static int number(char key) {
        int number = KEYS.indexOf(key);
        if (number < 0) {
            throw new IllegalArgumentException("a key is a digit, * or #");
        }
        return number;
    }
}
