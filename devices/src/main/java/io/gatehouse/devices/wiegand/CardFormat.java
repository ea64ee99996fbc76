package io.gatehouse.devices.wiegand;

import io.gatehouse.core.reason.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a card's bits are laid out, as data: a picture of the fields and a mask for each parity bit. Immutable and
 * thread-safe. The known formats are in {@link CardFormats}; a site's own is one more value.
 *
 * @param name     as {@code CardEvidence} names it
 * @param layout   a letter a bit: {@code F} facility code, {@code C} card number, {@code P} parity, {@code 0} and {@code 1}
 *                 bits that are always so, {@code -} bits that mean nothing (0 when written); each field in one piece, highest
 *                 bit first, up to 62 bits
 * @param parities one for each {@code P}, in the order in which they are computed: one that covers another comes later
 */
public record CardFormat(String name, String layout, List<ParityBit> parities) {
    private static final Pattern LAYOUT = Pattern.compile("[P01-]*(?:F*[P01-]*C+|C+[P01-]*F+)[P01-]*");
    private static final int MAX_FIELD = 62;

    public CardFormat {
        Objects.requireNonNull(name, "name");
        parities = List.copyOf(parities);
        if (!LAYOUT.matcher(layout).matches() || layout.length() > CardBits.MAX_LENGTH) {
            throw new IllegalArgumentException("layout '" + layout + "' of " + name
                    + " is not a card number, at most one facility code, each in one piece, and P, 0, 1 and - around them in"
                    + " at most " + CardBits.MAX_LENGTH + " bits");
        }
        if (count(layout, 'F') > MAX_FIELD || count(layout, 'C') > MAX_FIELD) {
            throw new IllegalArgumentException("a field of " + name + " has more than " + MAX_FIELD + " bits");
        }
        requireParities(name, layout, parities);
    }

    private static void requireParities(String name, String layout, List<ParityBit> parities) {
        long places = parities.stream().map(ParityBit::position).distinct().count();
        if (places != parities.size() || places != count(layout, 'P')) {
            throw new IllegalArgumentException(name + " has " + count(layout, 'P') + " parity bits but "
                    + parities.size() + " masks for " + places + " places");
        }
        for (ParityBit parity : parities) {
            if (parity.mask().length() != layout.length() || layout.charAt(parity.position()) != 'P') {
                throw new IllegalArgumentException(
                        "parity mask '" + parity.mask() + "' does not fit layout '" + layout + "' of " + name);
            }
        }
    }

    /** How many bits a card of this format has. */
    public int length() {
        return layout.length();
    }

    /** Whether cards of this format carry a facility code. */
    public boolean hasFacilityCode() {
        return layout.indexOf('F') >= 0;
    }

    /** The card in these bits, or why they are not one of this format. */
    public CardDecoding decode(CardBits bits) {
        if (bits.length() != length()) {
            return new CardDecoding.Refused(
                    Reason.format("card.length", "The card has %d bits, %s has %d.", bits.length(), name, length()));
        }
        int wrong = errors(bits);
        if (wrong > 0) {
            return new CardDecoding.Refused(Reason.format(
                    "card.parity",
                    "%d of %d parity and constant bits of %s are wrong: present the card again.",
                    wrong,
                    checks(),
                    name));
        }
        return new CardDecoding.Decoded(name, field(bits, 'F'), field(bits, 'C'));
    }

    /**
     * The bits of a card.
     *
     * @throws IllegalArgumentException if a number does not fit in its field
     */
    public CardBits encode(long facilityCode, long cardNumber) {
        BigInteger value = placed(facilityCode, 'F').or(placed(cardNumber, 'C'));
        for (int i = 0; i < length(); i++) {
            value = layout.charAt(i) == '1' ? value.setBit(length() - 1 - i) : value;
        }
        for (ParityBit parity : parities) {
            if (parity.expected(new CardBits(length(), value))) {
                value = value.setBit(length() - 1 - parity.position());
            }
        }
        return new CardBits(length(), value);
    }

    /** What bits of this length would be in this format, whether or not the parity holds. */
    CardFormats.Candidate candidate(CardBits bits) {
        return new CardFormats.Candidate(this, field(bits, 'F'), field(bits, 'C'), errors(bits));
    }

    /** How many bits show that a read went wrong, or that it is not of this format. */
    int checks() {
        return parities.size() + count(layout, '0') + count(layout, '1');
    }

    private int errors(CardBits bits) {
        int wrong =
                (int) parities.stream().filter(parity -> !parity.holds(bits)).count();
        for (int i = 0; i < length(); i++) {
            char wanted = layout.charAt(i);
            boolean isConstant = wanted == '0' || wanted == '1';
            wrong += isConstant && bits.bit(i) != (wanted == '1') ? 1 : 0;
        }
        return wrong;
    }

    private long field(CardBits bits, char letter) {
        int width = count(layout, letter);
        if (width == 0) {
            return 0;
        }
        BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        return bits.value().shiftRight(below(letter)).and(mask).longValueExact();
    }

    private BigInteger placed(long number, char letter) {
        int width = count(layout, letter);
        if (number < 0 || number >>> width != 0) {
            throw new IllegalArgumentException((letter == 'F' ? "the facility code" : "the card number")
                    + " does not fit in the " + width + " bits of " + name);
        }
        return width == 0 ? BigInteger.ZERO : BigInteger.valueOf(number).shiftLeft(below(letter));
    }

    private int below(char letter) {
        return length() - 1 - layout.lastIndexOf(letter);
    }

    private static int count(String layout, char letter) {
        return (int) layout.chars().filter(it -> it == letter).count();
    }
}
