package io.gatehouse.policy.permit.analyse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A box of cases: some values on each {@link Space.Axis axis}, and people who are in any of each of some sets of groups and in
 * none of others. Bits are never changed after a region is made. Thread-safe.
 *
 * <p>Whether somebody can be meant is easy, though groups combine in so many ways: to be in more groups breaks no condition but
 * {@code noneOf}, so it is enough to ask for somebody who is in all groups but these and what lies in them.
 */
@SuppressWarnings("EnumOrdinal") // Bits and indexes in memory, never written down.
final class Region {
    private final BitSet[] axes;
    private final List<Clause> anyOf;
    private final BitSet noneOf;

    /**
     * People who are in any of some groups.
     *
     * @param any    the groups
     * @param within the groups and all that lie in them: who is not in the former is in none of these
     */
    record Clause(BitSet any, BitSet within) {}

    Region(BitSet[] axes, List<Clause> anyOf, BitSet noneOf) {
        this.axes = axes;
        this.anyOf = anyOf;
        this.noneOf = noneOf;
    }

    boolean isEmpty() {
        for (BitSet axis : axes) {
            if (axis.isEmpty()) {
                return true;
            }
        }
        return anyOf.stream().anyMatch(clause -> less(clause.any(), noneOf).isEmpty());
    }

    /** The same with only these values on an axis. */
    Region only(Space.Axis axis, BitSet values) {
        BitSet[] changed = axes.clone();
        changed[axis.ordinal()] = both(axes[axis.ordinal()], values);
        return new Region(changed, anyOf, noneOf);
    }

    /** The same with nobody who is in any of these groups or of what lies in them. */
    Region without(Clause groups) {
        BitSet none = (BitSet) noneOf.clone();
        none.or(groups.within());
        return new Region(axes, anyOf, none);
    }

    boolean meets(Region cover) {
        for (int i = 0; i < axes.length; i++) {
            if (!axes[i].intersects(cover.axes[i])) {
                return false;
            }
        }
        List<Clause> all = new ArrayList<>(anyOf);
        all.addAll(cover.anyOf);
        BitSet none = (BitSet) noneOf.clone();
        none.or(cover.noneOf);
        return !new Region(axes, all, none).isEmpty();
    }

    /**
     * What a cover that this meets leaves of it, in boxes that do not overlap.
     *
     * @param cover one that excludes no groups
     */
    List<Region> minus(Region cover) {
        List<Region> left = new ArrayList<>();
        BitSet[] rest = axes.clone();
        for (int i = 0; i < rest.length; i++) {
            BitSet[] outside = rest.clone();
            outside[i] = less(rest[i], cover.axes[i]);
            addUnlessEmpty(left, new Region(outside, anyOf, noneOf));
            rest[i] = both(rest[i], cover.axes[i]);
        }
        Region inside = new Region(rest, anyOf, noneOf);
        for (Clause clause : cover.anyOf) {
            addUnlessEmpty(left, inside.without(clause));
            List<Clause> more = new ArrayList<>(inside.anyOf);
            more.add(clause);
            inside = new Region(rest, more, noneOf);
        }
        return left;
    }

    private static void addUnlessEmpty(List<Region> regions, Region region) {
        if (!region.isEmpty()) {
            regions.add(region);
        }
    }

    private static BitSet both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    private static BitSet less(BitSet from, BitSet what) {
        BitSet less = (BitSet) from.clone();
        less.andNot(what);
        return less;
    }
}
