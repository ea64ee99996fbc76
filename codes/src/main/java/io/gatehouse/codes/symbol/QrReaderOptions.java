package io.gatehouse.codes.symbol;

/**
 * How hard a picture is looked at. Immutable and thread-safe.
 *
 * @param pyramidLevels how many sizes are tried, each half of the one before, 1 to 5; with more than 1 a
 *                      small picture (shorter side up to 640 pixels) is tried at twice its size too
 * @param inverted      whether light codes on dark ground are looked for too
 * @param exhaustive    whether everything is tried even after codes were found: for pictures with several codes of
 *                      different quality; takes as long as a picture without any
 */
public record QrReaderOptions(int pyramidLevels, boolean inverted, boolean exhaustive) {
    /** Three sizes, inverted too, until something is found. */
    public static final QrReaderOptions DEFAULT = new QrReaderOptions(3, true, false);

    private static final int MAX_LEVELS = 5;

    public QrReaderOptions {
        if (pyramidLevels < 1 || pyramidLevels > MAX_LEVELS) {
            throw new IllegalArgumentException("1 to " + MAX_LEVELS + " sizes are tried, not " + pyramidLevels);
        }
    }
}
