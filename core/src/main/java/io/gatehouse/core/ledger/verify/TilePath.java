package io.gatehouse.core.ledger.verify;

import java.util.Locale;

/** Names of the files of an exported ledger, by the C2SP {@code tlog-tiles} specification. Stateless. */
public final class TilePath {
    /** Hashes in a tile, entries in a bundle. */
    public static final int WIDTH = 256;

    /** How many levels of the tree a tile stands for. */
    public static final int HEIGHT = 8;

    /** The most bytes of an entry: a bundle gives lengths in 16 bits. */
    public static final int MAX_ENTRY_BYTES = 0xFFFF;

    /** The name of the signed checkpoint. */
    public static final String CHECKPOINT = "checkpoint";

    private TilePath() {}

    /** The hash tile of this level and number. */
    public static String hashes(int level, long number, int width) {
        return "tile/" + level + "/" + number(number, width);
    }

    /** The bundle of entries of this number. */
    public static String entries(long number, int width) {
        return "tile/entries/" + number(number, width);
    }

    /** Groups of three digits, all but the last with an x before them; the width if it is not full. */
    private static String number(long number, int width) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", number % 1000));
        for (long rest = number / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return width == WIDTH ? path.toString() : path + ".p/" + width;
    }
}
