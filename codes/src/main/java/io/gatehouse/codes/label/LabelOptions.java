package io.gatehouse.codes.label;

import io.gatehouse.codes.symbol.ErrorCorrection;
import java.util.Objects;

/**
 * How labels are made. Immutable and thread-safe.
 *
 * @param errorCorrection how much of a code may be lost
 * @param leastVersion    codes are of this QR version or a larger one, 1 to 20: with larger ones a stain of the same share of the
 *                        code's area touches a smaller share of its codewords
 * @param copies          codes on a label, 1 or 2, the second at the other side
 */
public record LabelOptions(ErrorCorrection errorCorrection, int leastVersion, int copies) {
    /**
     * Error correction Q and version 5: a stain on a tenth of the code, anywhere but on the finder patterns, leaves it readable.
     * Of versions 1 and 3 and of version 7, whose alignment patterns lie in the way, not all such stains do.
     */
    public static final LabelOptions STANDARD = new LabelOptions(ErrorCorrection.Q, 5, 1);

    private static final int MOST_VERSION = 20;

    public LabelOptions {
        Objects.requireNonNull(errorCorrection, "errorCorrection");
        if (leastVersion < 1 || leastVersion > MOST_VERSION) {
            throw new IllegalArgumentException("the least version is 1 to " + MOST_VERSION + ", not " + leastVersion);
        }
        if (copies < 1 || copies > 2) {
            throw new IllegalArgumentException("a label has one code or two, not " + copies);
        }
    }

    public LabelOptions withErrorCorrection(ErrorCorrection value) {
        return new LabelOptions(value, leastVersion, copies);
    }

    public LabelOptions withLeastVersion(int value) {
        return new LabelOptions(errorCorrection, value, copies);
    }

    public LabelOptions withCopies(int value) {
        return new LabelOptions(errorCorrection, leastVersion, value);
    }
}
