package io.gatehouse.codes.symbol;

import java.time.Duration;
import java.util.Objects;

/**
 * How hard a picture is looked at. Immutable and thread-safe.
 *
 * @param pyramidLevels how many sizes are tried, each half of the one before, 1 to 5; with more than 1 a
 *                      small picture (shorter side up to 640 pixels) is tried at twice its size too
 * @param inverted      whether light codes on dark ground are looked for too
 * @param exhaustive    whether everything is tried even after codes were found: for pictures with several codes of
 *                      different quality; takes as long as a picture without any
 * @param budget        after this much time no further attempt is begun; an attempt that runs is not broken off
 * @param maxPixels     a picture of more is halved until it has no more, before anything else is done
 */
public record QrReaderOptions(
        int pyramidLevels, boolean inverted, boolean exhaustive, Duration budget, long maxPixels) {
    /** Four sizes, inverted too, until something is found and nothing that looks like a further code is left, within 3 seconds. */
    public static final QrReaderOptions DEFAULT = new QrReaderOptions(4, true, false);

    /** For a camera that gives the next frame at once: three sizes within 150 ms. */
    public static final QrReaderOptions LIVE = new QrReaderOptions(3, true, false, Duration.ofMillis(150), 4_000_000);

    private static final int MAX_LEVELS = 5;
    private static final int LEAST_PIXELS = 1024;

    public QrReaderOptions {
        Objects.requireNonNull(budget, "budget");
        if (pyramidLevels < 1 || pyramidLevels > MAX_LEVELS) {
            throw new IllegalArgumentException("1 to " + MAX_LEVELS + " sizes are tried, not " + pyramidLevels);
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("a picture needs some time to be read, not " + budget);
        }
        if (maxPixels < LEAST_PIXELS) {
            throw new IllegalArgumentException(
                    "pictures have at least " + LEAST_PIXELS + " pixels to be read, not " + maxPixels);
        }
    }

    /** Within 3 seconds, pictures of up to 16 million pixels. */
    public QrReaderOptions(int pyramidLevels, boolean inverted, boolean exhaustive) {
        this(pyramidLevels, inverted, exhaustive, Duration.ofSeconds(3), 16_000_000);
    }

    /** The same with another budget. */
    public QrReaderOptions within(Duration time) {
        return new QrReaderOptions(pyramidLevels, inverted, exhaustive, time, maxPixels);
    }
}
