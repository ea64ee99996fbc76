package io.gatehouse.biometrics.gallery.search;

import java.util.Comparator;

/**
 * A reference that a search found. Immutable and thread-safe.
 *
 * @param id              the caller's name for it
 * @param squaredDistance Euclidean distance to the probe, squared, as float32 arithmetic gives it
 */
public record Neighbour(long id, double squaredDistance) {
    /** Nearest first; of two equally near the one with the smaller id. */
    public static final Comparator<Neighbour> NEAREST_FIRST =
            Comparator.comparingDouble(Neighbour::squaredDistance).thenComparingLong(Neighbour::id);

    public double distance() {
        return Math.sqrt(squaredDistance);
    }
}
