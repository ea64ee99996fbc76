package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Room for 1,024 references: vectors, ids, codes and which groups each is in. Written by one thread at a time; a slot is
 * read only after the index has published it, or by nobody while one that is published changes.
 */
final class Segment {
    static final int SIZE = 1024;
    static final int HALF = SIZE / 2;

    private static final int BITS = 32;
    // Arrays of 256 KiB: none so large that a collector gives it regions of its own.
    private static final int BLOCK_FLOATS = 1 << 16;

    private final int dimension;
    private final int blockShift;
    private final float[][] blocks;
    final long[] ids = new long[SIZE];
    final Codes codes;
    /** Bitmaps of slots. The map is replaced when a group comes or goes, a bitmap changes in place. */
    private volatile Map<String, int[]> groups = Map.of();

    Segment(int dimension, Codes codes) {
        this.dimension = dimension;
        this.codes = codes;
        this.blockShift = blockShift(dimension);
        this.blocks = new float[SIZE >> blockShift][];
    }

    private static int blockShift(int dimension) {
        int vectors = Math.min(SIZE, Integer.highestOneBit(Math.max(1, BLOCK_FLOATS / dimension)));
        return Integer.numberOfTrailingZeros(vectors);
    }

    void put(int slot, long id, float[] vector, int at, Set<String> in) {
        int block = slot >> blockShift;
        if (blocks[block] == null) {
            blocks[block] = new float[dimension << blockShift];
        }
        System.arraycopy(vector, at, blocks[block], offset(slot), dimension);
        ids[slot] = id;
        assign(slot, in);
    }

    void wipe(int slot) {
        int at = offset(slot);
        Arrays.fill(block(slot), at, at + dimension, 0);
        ids[slot] = 0;
        codes.wipe(slot);
        assign(slot, Set.of());
    }

    /** The array that a slot's vector lies in. */
    float[] block(int slot) {
        return blocks[slot >> blockShift];
    }

    /** Where in its array a slot's vector begins. */
    int offset(int slot) {
        return (slot & ((1 << blockShift) - 1)) * dimension;
    }

    Set<String> groupsOf(int slot) {
        Map<String, int[]> now = groups;
        Set<String> in = new HashSet<>();
        now.forEach((group, bits) -> {
            if (isSet(bits, slot)) {
                in.add(group);
            }
        });
        return in;
    }

    /** Puts a slot into these groups and no others. */
    void assign(int slot, Set<String> in) {
        if (in.isEmpty() && groups.isEmpty()) {
            return;
        }
        boolean hasLeftOne = false;
        for (Map.Entry<String, int[]> each : groups.entrySet()) {
            int[] bits = each.getValue();
            if (isSet(bits, slot) && !in.contains(each.getKey())) {
                bits[slot / BITS] &= ~(1 << slot);
                hasLeftOne |= isEmpty(bits);
            }
        }
        // Most changes are of bits only: a copy for each would be dear where there are many groups.
        if (hasLeftOne || !groups.keySet().containsAll(in)) {
            Map<String, int[]> changed = new HashMap<>(groups);
            changed.values().removeIf(Segment::isEmpty);
            in.forEach(group -> changed.computeIfAbsent(group, name -> new int[SIZE / BITS]));
            groups = Map.copyOf(changed);
        }
        Map<String, int[]> now = groups;
        in.forEach(group -> Objects.requireNonNull(now.get(group), "made above")[slot / BITS] |= 1 << slot);
    }

    /** The slots below a number in any of the groups, or null if there are none. */
    int @Nullable [] slotsIn(Set<String> wanted, int count) {
        Map<String, int[]> now = groups;
        int[] found = null;
        for (String group : wanted) {
            int[] bits = now.get(group);
            if (bits != null) {
                found = found == null ? new int[SIZE / BITS] : found;
                for (int i = 0; i < bits.length; i++) {
                    found[i] |= bits[i];
                }
            }
        }
        if (found == null) {
            return null;
        }
        for (int slot = count; slot < SIZE; slot++) {
            found[slot / BITS] &= ~(1 << slot);
        }
        return found;
    }

    static boolean isSet(int[] bits, int slot) {
        return (bits[slot / BITS] & (1 << slot)) != 0;
    }

    static int cardinality(int[] bits) {
        int number = 0;
        for (int word : bits) {
            number += Integer.bitCount(word);
        }
        return number;
    }

    private static boolean isEmpty(int[] bits) {
        for (int word : bits) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    long vectorBytes() {
        long bytes = HeapSize.array(blocks.length, Integer.BYTES);
        for (float[] block : blocks) {
            bytes += block == null ? 0 : HeapSize.array(block.length, Float.BYTES);
        }
        return bytes;
    }

    long groupBytes() {
        return (long) groups.size() * (HeapSize.array(SIZE / BITS, Integer.BYTES) + 16);
    }
}
