package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.PersonId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The people of a shelf, by numbers counted up from 0, of which those of who went are given again. Not thread-safe.
 *
 * <p>A million people are not a million entries of a map: their names are kept as bytes, the rest is in arrays, found by
 * a hash table with linear probing. A person takes 16 bytes and the UTF-8 of the name, rounded up to 8, and 21 to 42 beside
 * (how full the arrays are). Bytes can be overwritten when somebody goes; a {@link String} could not.
 */
final class People {
    static final int NOBODY = -1;

    private static final int FIRST_CAPACITY = 16;

    /** By number; null where it is free. */
    private byte[] @Nullable [] names = new byte[FIRST_CAPACITY][];

    private long[] newestMillis = new long[FIRST_CAPACITY];
    /** Of a person, the first of their references; of a free number, the next free one. */
    private int[] heads = new int[FIRST_CAPACITY];

    /** Numbers plus 1, since 0 is an empty slot. Twice as many slots as numbers at most, at least 4/3. */
    private int[] slots = new int[2 * FIRST_CAPACITY];

    private int numbers;
    private int free = NOBODY;
    private int size;

    int size() {
        return size;
    }

    /** The number of a person, or {@link #NOBODY}. */
    int find(PersonId person) {
        return slots[slotOf(bytes(person))] - 1;
    }

    /** The number of a person, who is taken in if they are not here. */
    int findOrAdd(PersonId person) {
        byte[] name = bytes(person);
        int known = slots[slotOf(name)] - 1;
        if (known != NOBODY) {
            return known;
        }
        // May make the table larger, so the slot is looked for after it.
        int number = newNumber();
        int slot = slotOf(name);
        names[number] = name;
        newestMillis[number] = Long.MIN_VALUE;
        heads[number] = NOBODY;
        slots[slot] = number + 1;
        size++;
        return number;
    }

    private int newNumber() {
        if (free != NOBODY) {
            int number = free;
            free = heads[number];
            return number;
        }
        if (numbers == names.length) {
            grow();
        }
        return numbers++;
    }

    PersonId get(int number) {
        return PersonId.of(new String(name(number), StandardCharsets.UTF_8));
    }

    private byte[] name(int number) {
        byte[] name = names[number];
        if (name == null) {
            throw new IllegalStateException("there is no person " + number);
        }
        return name;
    }

    /** Their first reference, or whatever {@link #setHead} was given. */
    int head(int number) {
        return heads[number];
    }

    void setHead(int number, int reference) {
        heads[number] = reference;
    }

    /** A reference was made at that time; it counts if it is the newest. */
    void enrolled(int number, Instant at) {
        newestMillis[number] = Math.max(newestMillis[number], at.toEpochMilli());
    }

    /** Forgets a person and overwrites the name. */
    void remove(int number) {
        byte[] name = name(number);
        close(slotOf(name));
        Arrays.fill(name, (byte) 0);
        names[number] = null;
        newestMillis[number] = 0;
        heads[number] = free;
        free = number;
        size--;
    }

    /** Empties a slot and moves up what had to make way for it. */
    private void close(int emptied) {
        int mask = slots.length - 1;
        int gap = emptied;
        for (int slot = (gap + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            int home = hash(name(slots[slot] - 1)) & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                slots[gap] = slots[slot];
                gap = slot;
            }
        }
        slots[gap] = 0;
    }

    void clear() {
        for (byte[] name : names) {
            if (name != null) {
                Arrays.fill(name, (byte) 0);
            }
        }
        names = new byte[FIRST_CAPACITY][];
        newestMillis = new long[FIRST_CAPACITY];
        heads = new int[FIRST_CAPACITY];
        slots = new int[2 * FIRST_CAPACITY];
        numbers = 0;
        free = NOBODY;
        size = 0;
    }

    /** Everybody, and when the newest of their references was made. */
    void forEach(BiConsumer<PersonId, Instant> action) {
        for (int number = 0; number < numbers; number++) {
            if (names[number] != null) {
                action.accept(get(number), Instant.ofEpochMilli(newestMillis[number]));
            }
        }
    }

    private void grow() {
        int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, names.length + (names.length >> 1));
        if (capacity == names.length) {
            throw new IllegalStateException("there are as many people as a shelf can have: " + capacity);
        }
        names = Arrays.copyOf(names, capacity);
        newestMillis = Arrays.copyOf(newestMillis, capacity);
        heads = Arrays.copyOf(heads, capacity);
        if (capacity > slots.length / 4 * 3) {
            slots = new int[2 * slots.length];
            for (int number = 0; number < numbers; number++) {
                byte[] name = names[number];
                if (name != null) {
                    slots[slotOf(name)] = number + 1;
                }
            }
        }
    }

    /** Where a name is, or the empty slot where it would go. */
    private int slotOf(byte[] name) {
        int mask = slots.length - 1;
        int slot = hash(name) & mask;
        while (slots[slot] != 0 && !Arrays.equals(name(slots[slot] - 1), name)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Staff numbers differ in their last digits: the finaliser of MurmurHash3 spreads what that leaves together. */
    private static int hash(byte[] name) {
        int hash = Arrays.hashCode(name);
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static byte[] bytes(PersonId person) {
        return person.value().getBytes(StandardCharsets.UTF_8);
    }
}
