package io.gatehouse.devices.wiegand;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The table of card formats that are known by name. Several share a length, and bits alone do not say which was meant:
 * {@link #candidates} ranks what is possible for a person to choose from, and a reader is configured with one format.
 */
public final class CardFormats {
    /** 26 bits: facility code 8, card number 16; the open industry format. */
    public static final CardFormat H10301 = format(
            "H10301",
            layout(1, 8, 16, 1),
            "E" + "X".repeat(12) + ".".repeat(13),
            ".".repeat(13) + "X".repeat(12) + "O");

    /** 34 bits: facility code 16, card number 16. */
    public static final CardFormat H10306 = format(
            "H10306",
            layout(1, 16, 16, 1),
            "E" + "X".repeat(16) + ".".repeat(17),
            ".".repeat(17) + "X".repeat(16) + "O");

    /** 35 bits: company code 12, card number 20; interleaved parity, then one over everything. */
    public static final CardFormat CORPORATE_1000_35 = format(
            "Corporate1000-35",
            layout(2, 12, 20, 1),
            ".E" + "XX.".repeat(11),
            "." + "XX.".repeat(11) + "O",
            "O" + "X".repeat(34));

    /** 37 bits: card number 35, no facility code; the halves of the parity overlap in one bit. */
    public static final CardFormat H10302 = format(
            "H10302",
            layout(1, 0, 35, 1),
            "E" + "X".repeat(18) + ".".repeat(18),
            ".".repeat(18) + "X".repeat(18) + "O");

    /** 37 bits: facility code 16, card number 19; parity as in {@link #H10302}. */
    public static final CardFormat H10304 = format(
            "H10304",
            layout(1, 16, 19, 1),
            "E" + "X".repeat(18) + ".".repeat(18),
            ".".repeat(18) + "X".repeat(18) + "O");

    /** 48 bits: company code 22, card number 23; interleaved parity, then one over everything. */
    public static final CardFormat CORPORATE_1000_48 = format(
            "Corporate1000-48",
            layout(2, 22, 23, 1),
            ".E." + "XX.".repeat(15),
            ".." + "XX.".repeat(15) + "O",
            "O" + "X".repeat(47));

    private static final List<CardFormat> ALL =
            List.of(H10301, H10306, CORPORATE_1000_35, H10304, H10302, CORPORATE_1000_48);

    private CardFormats() {}

    /** Every format of the table. */
    public static List<CardFormat> all() {
        return ALL;
    }

    /**
     * A format that the bits have the length of.
     *
     * @param format       the format
     * @param facilityCode what it would be, 0 where the format has none
     * @param cardNumber   what it would be
     * @param parityErrors how many of the format's parity bits do not hold
     */
    public record Candidate(CardFormat format, long facilityCode, long cardNumber, int parityErrors) {
        public Candidate {
            Objects.requireNonNull(format, "format");
        }

        @Override
        public String toString() {
            return "Candidate[" + format.name() + ", " + parityErrors + " parity errors]";
        }
    }

    /**
     * The formats of this length, the most plausible first: fewest parity errors, then most parity bits. Formats with
     * the same parity stay in the order given: the bits cannot tell them apart.
     */
    public static List<Candidate> candidates(CardBits bits, List<CardFormat> formats) {
        return formats.stream()
                .filter(format -> format.length() == bits.length())
                .map(format -> format.candidate(bits))
                .sorted(Comparator.comparingInt(Candidate::parityErrors)
                        .thenComparing(it -> -it.format().parities().size()))
                .toList();
    }

    private static String layout(int parityBefore, int facility, int card, int parityAfter) {
        return "P".repeat(parityBefore) + "F".repeat(facility) + "C".repeat(card) + "P".repeat(parityAfter);
    }

    private static CardFormat format(String name, String layout, String... parityMasks) {
        return new CardFormat(
                name, layout, List.of(parityMasks).stream().map(ParityBit::new).toList());
    }
}
