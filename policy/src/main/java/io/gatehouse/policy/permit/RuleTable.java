package io.gatehouse.policy.permit;

import java.util.Arrays;

/**
 * Which rules are to be asked at a place about a member of a group: an open-addressed table of (place, group) in one array, and
 * the rows of the rules, one after the other, in another. A look-up touches one line of the first and reads on in the second.
 * Immutable and thread-safe.
 */
final class RuleTable {
    /** Numbers of a row: rule, schedule, masks, extra. */
    static final int ROW = 4;

    private static final int SLOT = 4;
    private static final int EMPTY = -1;

    private final int[] slots;
    private final long[] filter;
    private final int mask;
    private final int[] rows;
    private final byte[] kindsOfGroups;

    private RuleTable(int[] slots, long[] filter, int[] rows, byte[] kindsOfGroups) {
        this.slots = slots;
        this.filter = filter;
        this.mask = slots.length / SLOT - 1;
        this.rows = rows;
        this.kindsOfGroups = kindsOfGroups;
    }

    int[] rows() {
        return rows;
    }

    /** Bits of {@link GroupCodes} for the kinds of groups that rules at this place are about; 0 if there are none. */
    int kindsOfGroups(int place) {
        return place < 0 ? 0 : kindsOfGroups[place];
    }

    /** Where the slot of (place, group) begins, or −1. */
    int find(int place, int group) {
        int hash = spread(place, group);
        if ((filter[hash >>> 6 & filter.length - 1] & 1L << hash) == 0) {
            return -1;
        }
        int at = hash & mask;
        while (true) {
            int slot = at * SLOT;
            if (slots[slot] == place && slots[slot + 1] == group) {
                return slot;
            }
            if (slots[slot] == EMPTY) {
                return -1;
            }
            at = at + 1 & mask;
        }
    }

    /** Index of the first row in {@link #rows}. */
    int start(int slot) {
        return slots[slot + 2];
    }

    /** Index after the last row. */
    int end(int slot) {
        return slots[slot + 2] + slots[slot + 3];
    }

    private static int spread(int place, int group) {
        int hash = place * 0x9E3779B9 + group * 0x85EBCA6B;
        hash ^= hash >>> 15;
        hash *= 0x2C1B3C6D;
        return hash ^ hash >>> 13;
    }

    /** Collects rows; they come out in the order in which they were added. Not thread-safe. */
    static final class Builder {
        private int[] keys = new int[1 << 10];
        private int[] added = new int[1 << 10];
        private int size;
        private final byte[] kindsOfGroups;

        Builder(int places) {
            this.kindsOfGroups = new byte[places];
        }

        void add(int place, int group, int rule, int schedule, int masks, int extra) {
            if ((size + 1) * ROW > added.length) {
                keys = Arrays.copyOf(keys, keys.length * 2);
                added = Arrays.copyOf(added, added.length * 2);
            }
            keys[size * 2] = place;
            keys[size * 2 + 1] = group;
            int row = size * ROW;
            added[row] = rule;
            added[row + 1] = schedule;
            added[row + 2] = masks;
            added[row + 3] = extra;
            kindsOfGroups[place] |= (byte) GroupCodes.kind(group);
            size++;
        }

        RuleTable build() {
            int capacity = Integer.highestOneBit(Math.max(4, size)) * 4;
            int[] slots = new int[capacity * SLOT];
            Arrays.fill(slots, EMPTY);
            int[] slotOf = new int[size];
            for (int i = 0; i < size; i++) {
                int slot = claim(slots, keys[i * 2], keys[i * 2 + 1]);
                slots[slot + 3] += ROW;
                slotOf[i] = slot;
            }
            int start = 0;
            for (int slot = 0; slot < slots.length; slot += SLOT) {
                if (slots[slot] != EMPTY) {
                    slots[slot + 2] = start;
                    start += slots[slot + 3];
                    slots[slot + 3] = 0;
                }
            }
            int[] rows = new int[start];
            for (int i = 0; i < size; i++) {
                int slot = slotOf[i];
                System.arraycopy(added, i * ROW, rows, slots[slot + 2] + slots[slot + 3], ROW);
                slots[slot + 3] += ROW;
            }
            return new RuleTable(slots, filter(capacity), rows, kindsOfGroups);
        }

        /** Eight bits for each slot, which stay in the processor's cache where the slots do not: most look-ups find nothing. */
        private long[] filter(int capacity) {
            long[] filter = new long[Math.max(1, capacity / Byte.SIZE)];
            for (int i = 0; i < size; i++) {
                int hash = spread(keys[i * 2], keys[i * 2 + 1]);
                filter[hash >>> 6 & filter.length - 1] |= 1L << hash;
            }
            return filter;
        }

        private static int claim(int[] slots, int place, int group) {
            int mask = slots.length / SLOT - 1;
            int at = spread(place, group) & mask;
            while (slots[at * SLOT] != EMPTY && (slots[at * SLOT] != place || slots[at * SLOT + 1] != group)) {
                at = at + 1 & mask;
            }
            int slot = at * SLOT;
            if (slots[slot] == EMPTY) {
                slots[slot] = place;
                slots[slot + 1] = group;
                slots[slot + 2] = 0;
                slots[slot + 3] = 0;
            }
            return slot;
        }
    }
}
