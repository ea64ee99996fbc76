package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;

/**
 * Codes references and probes by their difference from a centre, which is zero until it is taken once. Whoever codes
 * references or takes the centre does so alone; probes may be coded by many at once, but not meanwhile.
 */
final class Centre {
    /** So many references say well enough where the others are. */
    static final int FROM = 256;

    private final Coder coder;
    private final double[] centre;
    private final double[] residual;
    private boolean taken;

    Centre(Coder coder, int dimension) {
        this.coder = coder;
        this.centre = new double[dimension];
        this.residual = new double[dimension];
    }

    /** Whether it is time to {@link #take} it. */
    boolean isDue(State state) {
        return !taken && state.size() >= FROM;
    }

    /** Takes the mean of all references, and codes them anew. */
    void take(State state) {
        taken = true;
        for (int position = 0; position < state.size(); position++) {
            Segment segment = state.segmentOf(position);
            int slot = State.slotOf(position);
            float[] block = segment.block(slot);
            for (int i = 0, at = segment.offset(slot); i < centre.length; i++, at++) {
                centre[i] += block[at] / (double) state.size();
            }
        }
        for (int position = 0; position < state.size(); position++) {
            encode(state.segmentOf(position), State.slotOf(position));
        }
    }

    void encode(Segment segment, int slot) {
        segment.codes.put(slot, less(segment.block(slot), segment.offset(slot), residual));
        Arrays.fill(residual, 0);
    }

    Coder.Sieve sieve(float[] probe) {
        return coder.sieve(less(probe, 0, new double[centre.length]));
    }

    void wipe() {
        Arrays.fill(centre, 0);
    }

    private double[] less(float[] vector, int at, double[] difference) {
        for (int i = 0; i < centre.length; i++) {
            difference[i] = vector[at + i] - centre[i];
        }
        return difference;
    }
}
