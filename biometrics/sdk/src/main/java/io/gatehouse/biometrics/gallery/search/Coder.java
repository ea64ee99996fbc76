package io.gatehouse.biometrics.gallery.search;

/** How references are coded for a mode, and how a probe is held against codes. Thread-safe, but for the codes' writer. */
interface Coder {
    Codes newCodes();

    /** @param residual the probe less the centre; not kept */
    Sieve sieve(double[] residual);

    /** Sums for several probes of one segment: where codes can be read once for all, they are. */
    default void sum(Sieve[] sieves, Segment segment, Kernel.Sums[] sums) {
        for (int i = 0; i < sieves.length; i++) {
            sieves[i].sum(segment, sums[i]);
        }
    }

    /** A probe, ready to say which references of a segment matter. Thread-safe. */
    interface Sieve {
        /** The pass over a segment that does not depend on the limit. */
        void sum(Segment segment, Kernel.Sums sums);

        /**
         * Which slots may be nearer than a limit.
         *
         * @param count of the segment's slots, from the first
         * @param slots receives them, ascending
         * @return how many
         */
        int survivors(Segment segment, Kernel.Sums sums, int count, double squaredLimit, int[] slots);
    }
}
