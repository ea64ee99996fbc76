package io.gatehouse.codes.internal.read;

/**
 * The middle of what looks like a finder pattern. Immutable.
 *
 * @param x      pixels
 * @param y      pixels
 * @param module width of a module there, pixels
 * @param hits   how many lines of the picture crossed it
 */
record Finder(double x, double y, double module, int hits) {
    double distanceTo(Finder other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
