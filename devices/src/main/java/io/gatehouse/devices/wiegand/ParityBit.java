package io.gatehouse.devices.wiegand;

import java.util.regex.Pattern;

/**
 * A parity bit and the bits that it covers, drawn as a mask as long as the card: {@code E} or {@code O} where the even
 * or odd parity bit stands, {@code X} at each covered bit, a dot elsewhere. Immutable and thread-safe.
 *
 * @param mask for example {@code EXXXXXXXXXXXX.............}
 */
public record ParityBit(String mask) {
    private static final Pattern FORM = Pattern.compile("[.X]*[EO][.X]*");

    public ParityBit {
        if (!FORM.matcher(mask).matches() || mask.indexOf('X') < 0) {
            throw new IllegalArgumentException(
                    "parity mask '" + mask + "' needs one E or O, at least one X and dots elsewhere");
        }
    }

    /** Where the parity bit stands. */
    public int position() {
        return Math.max(mask.indexOf('E'), mask.indexOf('O'));
    }

    /** What the parity bit must be for these bits, whatever stands at its position. */
    boolean expected(CardBits bits) {
        boolean odd = mask.indexOf('O') >= 0;
        boolean parity = odd;
        for (int i = 0; i < mask.length(); i++) {
            parity ^= mask.charAt(i) == 'X' && bits.bit(i);
        }
        return parity;
    }

    boolean holds(CardBits bits) {
        return bits.bit(position()) == expected(bits);
    }
}
