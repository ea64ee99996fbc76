package io.gatehouse.biometrics.gallery.search;

import java.util.Set;

/**
 * What is looked for: the nearest references, among those nearer than a limit, in all or in some groups. Immutable and
 * thread-safe.
 *
 * @param limit  only what is nearer than this Euclidean distance is found; infinity for no limit
 * @param best   at most so many are found, the nearest; {@link Integer#MAX_VALUE} for all within a finite limit
 * @param groups only references in one of these groups are found; empty for all references
 */
public record Search(double limit, int best, Set<String> groups) {
    public Search {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("a search's limit is a distance above 0, not " + limit);
        }
        if (best < 1) {
            throw new IllegalArgumentException("a search is for at least 1 reference, not " + best);
        }
        if (best == Integer.MAX_VALUE && limit == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("a search has a limit, or a number of references, or both");
        }
        groups = Set.copyOf(groups);
    }

    /** Every reference nearer than this. */
    public static Search within(double limit) {
        return new Search(limit, Integer.MAX_VALUE, Set.of());
    }

    /** The nearest references, however far. */
    public static Search nearest(int best) {
        return new Search(Double.POSITIVE_INFINITY, best, Set.of());
    }

    public Search best(int number) {
        return new Search(limit, number, groups);
    }

    /** Only among references in at least one of these groups. */
    public Search among(Set<String> those) {
        if (those.isEmpty()) {
            throw new IllegalArgumentException("a search is among at least 1 group");
        }
        return new Search(limit, best, those);
    }

    double squaredLimit() {
        return limit * limit;
    }
}
