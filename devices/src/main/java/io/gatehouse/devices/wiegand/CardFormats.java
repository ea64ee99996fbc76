package io.gatehouse.devices.wiegand;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The table of card formats that are known by name. Many share a length, and bits alone do not say which was meant:
 * {@link #candidates} ranks what is possible for a person to choose from, and a reader is configured with {@link ReaderFormats}.
 *
 * <p>The layouts are facts published by makers (HID, Honeywell, ZKTeco, RF IDeas, Rosslare, Interlogix) and collected by the
 * Proxmark project. Formats whose cards carry more than a facility code and a number (an issue level, a maker's code) are not in
 * it: without that a card that was replaced would still open. A site's own is one more {@link CardFormat}.
 */
public final class CardFormats {
    /** 26 bits: facility code 8, card number 16; the open industry format. */
    public static final CardFormat H10301 = halves("H10301", 8, 16);

    /** 34 bits: facility code 16, card number 16; Honeywell's N10002 is the same. */
    public static final CardFormat H10306 = halves("H10306", 16, 16);

    /** 35 bits: company code 12, card number 20; interleaved parity, then one over everything. */
    public static final CardFormat CORPORATE_1000_35 = format(
            "Corporate1000-35",
            "PP" + fields(12, 20) + "P",
            ".E" + "XX.".repeat(11),
            "." + "XX.".repeat(11) + "O",
            "O" + "X".repeat(34));

    /** 37 bits: card number 35, no facility code; the halves of the parity overlap in one bit. */
    public static final CardFormat H10302 = overlapping37("H10302", "P" + fields(0, 35) + "P");

    /** 37 bits: facility code 16, card number 19; parity as in {@link #H10302}. */
    public static final CardFormat H10304 = overlapping37("H10304", "P" + fields(16, 19) + "P");

    /** 48 bits: company code 22, card number 23; interleaved parity, then one over everything. */
    public static final CardFormat CORPORATE_1000_48 = format(
            "Corporate1000-48",
            "PP" + fields(22, 23) + "P",
            ".E." + "XX.".repeat(15),
            ".." + "XX.".repeat(15) + "O",
            "O" + "X".repeat(47));

    private static final List<CardFormat> ALL = List.of(
            H10301,
            halves("Indala-26", 12, 12),
            format("Indala-27", fields(13, 14)),
            // Honeywell 2804: two bits are covered by parity and mean nothing.
            format(
                    "2804-28",
                    "P-P-" + fields(8, 15) + "P",
                    "..O." + "XX.".repeat(8),
                    "E" + "X".repeat(13) + ".".repeat(14),
                    "X".repeat(27) + "O"),
            format("Indala-29", fields(13, 16)),
            format(
                    "ATS-30",
                    "P" + fields(12, 16) + "P",
                    "E" + "X".repeat(12) + ".".repeat(17),
                    ".".repeat(13) + "X".repeat(16) + "O"),
            format("ADT-31", "-" + fields(4, 23) + "---"),
            halves("Number-32", 0, 30),
            format("Serial-32", fields(0, 32)),
            format("Wiegand-32", "----" + fields(12, 16)),
            format("Kantech-32", "-".repeat(7) + fields(8, 16) + "-"),
            format("CheckPoint-32", "-" + fields(0, 24) + "-".repeat(7)),
            format(
                    "D10202",
                    "P" + fields(7, 24) + "P",
                    "E" + "X".repeat(16) + ".".repeat(16),
                    ".".repeat(16) + "X".repeat(16) + "O"),
            H10306,
            halves("BQT-34", 8, 24),
            halves("Number-34", 0, 32),
            format("Optus-34", "-" + "C".repeat(16) + "-".repeat(5) + "F".repeat(11) + "-"),
            CORPORATE_1000_35,
            halves("Wiegand-36a", 18, 16),
            format("Siemens-36", "P" + fields(18, 16) + "P", "OX." + "XX.".repeat(11), "." + "XX.".repeat(11) + "XE"),
            H10304,
            H10302,
            overlapping37("MDI-37", "P--" + fields(4, 29) + "P"),
            format(
                    "Pyramid-39",
                    "P" + fields(17, 20) + "P",
                    "E" + "X".repeat(18) + ".".repeat(20),
                    ".".repeat(19) + "X".repeat(19) + "O"),
            format("P10001", "1111" + fields(12, 16) + "P".repeat(8), columns(40, 8)),
            format("Casi-40", "-" + fields(0, 38) + "-"),
            format("Serial-40", fields(0, 40)),
            format("Check-44", fields(0, 40) + "PPPP", columns(44, 4)),
            format("H800002", "P" + fields(14, 30) + "P", "E" + "X".repeat(44) + ".", "." + "X".repeat(44) + "O"),
            CORPORATE_1000_48,
            // What is published does not agree on how its parity is reckoned, so it is not looked at.
            format("RBH-50", "-" + fields(16, 32) + "-"),
            halves("Avigilon-56", 20, 34),
            format("InnerRange-56", fields(24, 32)),
            format("Serial-56", fields(0, 56)));

    private CardFormats() {}

    /** Every format of the table, shortest first, of equal length the more widespread first. */
    public static List<CardFormat> all() {
        return ALL;
    }

    /** The format of this name, in whichever case. */
    public static Optional<CardFormat> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    /**
     * A format that the bits have the length of.
     *
     * @param format       the format
     * @param facilityCode what it would be, 0 where the format has none
     * @param cardNumber   what it would be
     * @param errors       how many of the format's parity and constant bits do not hold
     */
    public record Candidate(CardFormat format, long facilityCode, long cardNumber, int errors) {
        public Candidate {
            Objects.requireNonNull(format, "format");
        }

        @Override
        public String toString() {
            return "Candidate[" + format.name() + ", " + errors + " errors]";
        }
    }

    /**
     * The formats of this length, the most plausible first: fewest errors, then most bits that could have shown one. Formats with
     * as many stay in the order given: the bits cannot tell them apart.
     */
    public static List<Candidate> candidates(CardBits bits, List<CardFormat> formats) {
        return formats.stream()
                .filter(format -> format.length() == bits.length())
                .map(format -> format.candidate(bits))
                .sorted(Comparator.comparingInt(Candidate::errors)
                        .thenComparing(it -> -it.format().checks()))
                .toList();
    }

    private static String fields(int facility, int card) {
        return "F".repeat(facility) + "C".repeat(card);
    }

    /** Even parity over the first half in front, odd parity over the second half at the end. */
    private static CardFormat halves(String name, int facility, int card) {
        int half = (facility + card) / 2;
        return format(
                name,
                "P" + fields(facility, card) + "P",
                "E" + "X".repeat(half) + ".".repeat(half + 1),
                ".".repeat(half + 1) + "X".repeat(half) + "O");
    }

    private static CardFormat overlapping37(String name, String layout) {
        return format(name, layout, "E" + "X".repeat(18) + ".".repeat(18), ".".repeat(18) + "X".repeat(18) + "O");
    }

    /** The last bits are the exclusive or of all words of that width before them: an even parity for each column. */
    private static String[] columns(int length, int width) {
        String[] masks = new String[width];
        for (int i = 0; i < width; i++) {
            String word = ".".repeat(i) + "X" + ".".repeat(width - 1 - i);
            masks[i] = word.repeat(length / width - 1) + word.replace('X', 'E');
        }
        return masks;
    }

    private static CardFormat format(String name, String layout, String... parityMasks) {
        return new CardFormat(
                name, layout, List.of(parityMasks).stream().map(ParityBit::new).toList());
    }
}
