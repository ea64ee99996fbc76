package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * The rectangle around the middle of a face box that a network looks at. Immutable and thread-safe.
 *
 * @param shape what the rectangle is measured by
 * @param scale its sides are so many times those
 * @param edge  what happens where it leaves the picture
 */
public record CropRule(Shape shape, double scale, Edge edge) {
    /** What a crop is measured by. */
    public enum Shape {
        /** A square on the box's height. */
        SQUARE_OF_HEIGHT,
        /** A square on the longer side of the box. */
        SQUARE_OF_LONGEST,
        /** The box's own aspect. */
        BOX
    }

    /** What happens at the picture's edge. */
    public enum Edge {
        /** The last pixels go on. */
        REPLICATE,
        /** The crop is moved inside, and made smaller where it is too large even then. */
        SHIFT
    }

    public CropRule {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(edge, "edge");
        if (!(scale > 0 && scale <= 16)) {
            throw new IllegalArgumentException("a crop has a scale above 0 up to 16, not " + scale);
        }
    }
}
