package io.gatehouse.biometrics.gallery.search;

/**
 * Sums of code × probe by counting bits: Σ u·v is the sum over the planes of both of 2^(i+j) times the number of places
 * where both have a bit; the last plane of the probe counts negative (two's complement). JDK 17's Vector API cannot
 * count bits, but C2 turns {@link #addRow} into instructions that do where the processor has them (AVX-512 VPOPCNTDQ).
 */
final class BitCounts {
    private BitCounts() {}

    /** Adds a row of a code's bits, one int a reference, against the six of the probe for the same 32 numbers. */
    static void addRow(int[] row, int[] probe, int at, int shift, int[] sums) {
        add(
                row,
                probe[at],
                probe[at + 1],
                probe[at + 2],
                probe[at + 3],
                probe[at + 4],
                probe[at + 5],
                1 << shift,
                sums);
    }

    private static void add(int[] row, int a, int b, int c, int d, int e, int f, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            int code = row[i];
            int sum = Integer.bitCount(code & a)
                    + (Integer.bitCount(code & b) << 1)
                    + (Integer.bitCount(code & c) << 2)
                    + (Integer.bitCount(code & d) << 3)
                    + (Integer.bitCount(code & e) << 4)
                    - (Integer.bitCount(code & f) << 5);
            sums[i] += sum * weight;
        }
    }

    /** A code of four bits of one reference, against six of the probe. */
    static int sum(long[] code, int at, long[] probe) {
        int sum = 0;
        for (int word = 0, i = at; 6 * word < probe.length; word++, i += PlaneCodes.SECOND_BITS) {
            for (int plane = 0; plane < PlaneCodes.SECOND_BITS; plane++) {
                sum += count(code[i + plane], probe, 6 * word) << plane;
            }
        }
        return sum;
    }

    private static int count(long code, long[] probe, int at) {
        return Long.bitCount(code & probe[at])
                + (Long.bitCount(code & probe[at + 1]) << 1)
                + (Long.bitCount(code & probe[at + 2]) << 2)
                + (Long.bitCount(code & probe[at + 3]) << 3)
                + (Long.bitCount(code & probe[at + 4]) << 4)
                - (Long.bitCount(code & probe[at + 5]) << 5);
    }
}
