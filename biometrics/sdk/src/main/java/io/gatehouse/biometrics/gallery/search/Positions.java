package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the reference of an id is: a hash table without objects, 12 bytes a slot. It is cut into small tables, so that
 * none takes long to grow. A removal closes the gap, so that no id of a removed reference stays behind. Not thread-safe.
 */
final class Positions {
    static final int ABSENT = -1;

    private static final int TABLES = 256;
    private static final int FIRST_CAPACITY = 16;

    private final @Nullable Table[] tables = new Table[TABLES];

    int get(long id) {
        Table table = tables[tableOf(id)];
        return table == null ? ABSENT : table.get(id);
    }

    /** Adds the position of an id or changes it. */
    void put(long id, int position) {
        int index = tableOf(id);
        Table table = tables[index];
        if (table == null) {
            table = new Table();
            tables[index] = table;
        }
        table.put(id, position);
    }

    void remove(long id) {
        Table table = tables[tableOf(id)];
        if (table != null) {
            table.remove(id);
        }
    }

    void clear() {
        for (Table table : tables) {
            if (table != null) {
                table.clear();
            }
        }
        Arrays.fill(tables, null);
    }

    long bytes() {
        long bytes = HeapSize.array(tables.length, Integer.BYTES);
        for (Table table : tables) {
            if (table != null) {
                bytes += table.bytes();
            }
        }
        return bytes;
    }

    private static int tableOf(long id) {
        return (int) (mixed(id) >>> 56);
    }

    /** The finaliser of MurmurHash3: callers may count their ids up from 0. */
    private static long mixed(long id) {
        long mixed = (id ^ (id >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** Open addressing with linear probing; a position is kept plus 1, since 0 is an empty slot. */
    private static final class Table {
        private long[] ids = new long[FIRST_CAPACITY];
        private int[] places = new int[FIRST_CAPACITY];
        private int size;

        int get(long id) {
            return places[slotOf(id)] - 1;
        }

        void put(long id, int position) {
            int slot = slotOf(id);
            if (places[slot] == 0) {
                if (4 * (size + 1) > 3 * ids.length) {
                    grow();
                    slot = slotOf(id);
                }
                size++;
            }
            ids[slot] = id;
            places[slot] = position + 1;
        }

        void remove(long id) {
            int gap = slotOf(id);
            if (places[gap] == 0) {
                return;
            }
            int mask = ids.length - 1;
            for (int slot = (gap + 1) & mask; places[slot] != 0; slot = (slot + 1) & mask) {
                int home = (int) mixed(ids[slot]) & mask;
                // Moves an entry into the gap unless its home lies after the gap.
                if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                    ids[gap] = ids[slot];
                    places[gap] = places[slot];
                    gap = slot;
                }
            }
            ids[gap] = 0;
            places[gap] = 0;
            size--;
        }

        private void grow() {
            long[] oldIds = ids;
            int[] oldPlaces = places;
            ids = new long[2 * oldIds.length];
            places = new int[ids.length];
            for (int i = 0; i < oldIds.length; i++) {
                if (oldPlaces[i] != 0) {
                    int slot = slotOf(oldIds[i]);
                    ids[slot] = oldIds[i];
                    places[slot] = oldPlaces[i];
                }
            }
            Arrays.fill(oldIds, 0);
            Arrays.fill(oldPlaces, 0);
        }

        /** Where an id is, or the empty slot where it would go. */
        private int slotOf(long id) {
            int mask = ids.length - 1;
            int slot = (int) mixed(id) & mask;
            while (places[slot] != 0 && ids[slot] != id) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        void clear() {
            Arrays.fill(ids, 0);
            Arrays.fill(places, 0);
            size = 0;
        }

        long bytes() {
            return 32 + HeapSize.array(ids.length, Long.BYTES) + HeapSize.array(places.length, Integer.BYTES);
        }
    }
}
