package io.gatehouse.biometrics.gallery.search;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * The references in their places: where each lies, its vector and its codes. One thread at a time may change them; what
 * {@link #add} does may be seen by searches under way, everything else may not (see {@link VectorIndex}, which keeps to that).
 */
final class Rows {
    private final int dimension;
    private final Kernel kernel;
    private final Coder coder;
    private final Positions positions = new Positions();
    private final Centre centre;
    private volatile State state = new State(new Segment[0], 0);

    Rows(int dimension, Kernel kernel, Coder coder) {
        this.dimension = dimension;
        this.kernel = kernel;
        this.coder = coder;
        this.centre = new Centre(coder, dimension);
    }

    /** What a search that begins now sees. */
    State state() {
        return state;
    }

    /** A probe as the codes are compared with it. */
    Coder.Sieve sieve(float[] probe) {
        return centre.sieve(probe);
    }

    boolean contains(long id) {
        return positions.get(id) != Positions.ABSENT;
    }

    Set<String> groupsOf(long id) {
        int position = positions.get(id);
        return position == Positions.ABSENT
                ? Set.of()
                : Set.copyOf(state.segmentOf(position).groupsOf(State.slotOf(position)));
    }

    OptionalDouble squaredDistance(long id, float[] probe) {
        int position = positions.get(id);
        if (position == Positions.ABSENT) {
            return OptionalDouble.empty();
        }
        Segment segment = state.segmentOf(position);
        int slot = State.slotOf(position);
        return OptionalDouble.of(kernel.squaredDistance(segment.block(slot), segment.offset(slot), probe));
    }

    /** Writes behind what is published, and then publishes it. */
    void add(long id, float[] vector, Set<String> groups) {
        State after = state.larger(() -> new Segment(dimension, coder.newCodes()));
        int position = after.size() - 1;
        Segment segment = after.segmentOf(position);
        segment.put(State.slotOf(position), id, vector, 0, groups);
        centre.encode(segment, State.slotOf(position));
        positions.put(id, position);
        state = after;
    }

    boolean replace(long id, float[] vector) {
        int position = positions.get(id);
        if (position == Positions.ABSENT) {
            return false;
        }
        Segment segment = state.segmentOf(position);
        int slot = State.slotOf(position);
        segment.put(slot, id, vector, 0, segment.groupsOf(slot));
        centre.encode(segment, slot);
        return true;
    }

    boolean assign(long id, Set<String> groups) {
        int position = positions.get(id);
        if (position == Positions.ABSENT) {
            return false;
        }
        state.segmentOf(position).assign(State.slotOf(position), groups);
        return true;
    }

    boolean remove(long id) {
        int position = positions.get(id);
        if (position == Positions.ABSENT) {
            return false;
        }
        positions.remove(id);
        int last = state.size() - 1;
        Segment end = state.segmentOf(last);
        int endSlot = State.slotOf(last);
        if (position != last) {
            fill(position, end, endSlot);
        }
        end.wipe(endSlot);
        state = state.smaller();
        return true;
    }

    /** Puts the last reference into a gap. */
    private void fill(int position, Segment from, int slot) {
        Segment gap = state.segmentOf(position);
        int gapSlot = State.slotOf(position);
        long moved = from.ids[slot];
        gap.put(gapSlot, moved, from.block(slot), from.offset(slot), from.groupsOf(slot));
        centre.encode(gap, gapSlot);
        positions.put(moved, position);
    }

    boolean isCentreDue() {
        return centre.isDue(state);
    }

    void takeCentre() {
        centre.take(state);
    }

    MemoryUse memory() {
        long vectors = 0;
        long codes = 0;
        long ids = positions.bytes();
        long groups = 0;
        for (Segment segment : state.segments()) {
            vectors += segment.vectorBytes();
            codes += segment.codes.bytes();
            ids += HeapSize.array(Segment.SIZE, Long.BYTES);
            groups += segment.groupBytes();
        }
        return new MemoryUse(state.size(), vectors, codes, ids, groups);
    }

    /** Overwrites everything. */
    void wipe() {
        for (int position = state.size() - 1; position >= 0; position--) {
            state.segmentOf(position).wipe(State.slotOf(position));
        }
        positions.clear();
        centre.wipe();
        state = new State(new Segment[0], 0);
    }
}
