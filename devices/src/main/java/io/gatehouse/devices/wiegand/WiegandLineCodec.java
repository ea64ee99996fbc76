package io.gatehouse.devices.wiegand;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two forms in which Wiegand-to-serial converters write a card read as a line of text; hexadecimal digits of either
 * case. Stateless and thread-safe; nothing is thrown for what arrives.
 *
 * <ul>
 *   <li>{@code W26:2F623AE}: the number of bits, then exactly as many digits as they need, filled with zeros on the left
 *   <li>{@code 2006F623AE}: ten digits, 40 bits. With bit 37 (of 0 to 39) set, the next highest set bit is a sentinel
 *       and the card is everything below it, up to 36 bits; with bit 37 clear, the card is the lowest 37 bits and
 *       the three above them are zero
 * </ul>
 */
public final class WiegandLineCodec {
    private static final Pattern COUNTED = Pattern.compile("[Ww]([1-9][0-9]{0,2}):([0-9A-Fa-f]{1,64})");
    private static final Pattern SENTINEL = Pattern.compile("[0-9A-Fa-f]{10}");
    private static final int SHORT_MARK = 37;

    private WiegandLineCodec() {}

    /** The bits in a line without its end, or empty if it is in neither form. */
    public static Optional<CardBits> decode(String line) {
        Matcher counted = COUNTED.matcher(line);
        if (counted.matches()) {
            return counted(Integer.parseInt(counted.group(1)), counted.group(2));
        }
        return SENTINEL.matcher(line).matches() ? sentinel(Long.parseLong(line, 16)) : Optional.empty();
    }

    /** The counted form, which every length has. */
    public static String encode(CardBits bits) {
        String digits = bits.value().toString(16).toUpperCase(Locale.ROOT);
        return "W" + bits.length() + ":" + "0".repeat(digitsFor(bits.length()) - digits.length()) + digits;
    }

    /**
     * The ten-digit form.
     *
     * @throws IllegalArgumentException if the card has more than 37 bits
     */
    public static String encodeSentinel(CardBits bits) {
        if (bits.length() > SHORT_MARK) {
            throw new IllegalArgumentException("ten digits hold at most " + SHORT_MARK + " bits, not " + bits.length());
        }
        long value = bits.value().longValueExact();
        if (bits.length() < SHORT_MARK) {
            value |= 1L << SHORT_MARK | 1L << bits.length();
        }
        return String.format(Locale.ROOT, "%010X", value);
    }

    private static Optional<CardBits> counted(int length, String digits) {
        if (length > CardBits.MAX_LENGTH || digits.length() != digitsFor(length)) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(digits, 16);
        return value.bitLength() > length ? Optional.empty() : Optional.of(new CardBits(length, value));
    }

    private static Optional<CardBits> sentinel(long value) {
        if (value >>> (SHORT_MARK + 1) != 0) {
            return Optional.empty();
        }
        if ((value & 1L << SHORT_MARK) == 0) {
            return Optional.of(new CardBits(SHORT_MARK, BigInteger.valueOf(value)));
        }
        long rest = value ^ 1L << SHORT_MARK;
        int length = 63 - Long.numberOfLeadingZeros(rest);
        return length < 1
                ? Optional.empty()
                : Optional.of(new CardBits(length, BigInteger.valueOf(rest ^ 1L << length)));
    }

    private static int digitsFor(int bits) {
        return (bits + 3) / 4;
    }
}
