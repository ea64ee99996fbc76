package io.gatehouse.codes.internal.read;

/**
 * The middle of what looks like a finder pattern. Immutable.
 *
 * @param x      pixels
 * @param y      pixels
 * @param module width of a module there, pixels
 * @param hits   how many lines of the picture crossed it
 * @param whole  the part of the lines through its middle that crossed it, 0 to 1: much less than 1 for what only resembles one
 */
record Finder(double x, double y, double module, int hits, double whole) {
    /** Of three lines a module through the middle so many cross even a blurred one. */
    private static final double CROSSING = 2;

    /**
     * By its hits.
     *
     * @param step pixels from one line to the next
     */
    static Finder of(double x, double y, double module, int hits, int step) {
        return new Finder(x, y, module, hits, Math.min(1, hits * step / (CROSSING * module)));
    }

    /** Where one would be that cannot be seen. */
    static Finder guessed(double x, double y, double module) {
        return new Finder(x, y, module, 0, 0);
    }

    boolean isGuessed() {
        return hits == 0;
    }

    double distanceTo(Finder other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
