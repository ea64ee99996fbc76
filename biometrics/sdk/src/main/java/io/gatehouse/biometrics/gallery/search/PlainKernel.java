package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;

/**
 * The inner loops in plain Java, shaped so that HotSpot's C2 turns those over rows into vector instructions by itself:
 * whole arrays from 0 on, no offsets, the probe in an array of another type than the rows. Measured on JDK 17: with an
 * offset into one long array, or with a probe of ints, the same loop stays scalar and takes seven times as long.
 */
final class PlainKernel implements Kernel {
    private static final int NIBBLES = 0x000F000F;

    @Override
    public String name() {
        return "plain Java";
    }

    @Override
    public void nibbleSums(int[][] rows, short[] probe, int start, Sums sums) {
        int[] packed = sums.low;
        Arrays.fill(packed, start);
        for (int row = 0, i = 0; row < rows.length; row++, i += 4) {
            addRow(rows[row], probe[i], probe[i + 1], probe[i + 2], probe[i + 3], packed);
        }
        unpackHigh(packed, sums.high);
        unpackLow(packed);
    }

    @Override
    public void nibbleSums(int[][] rows, short[][] probes, int[] starts, Sums[] sums) {
        for (int i = 0; i < probes.length; i++) {
            nibbleSums(rows, probes[i], starts[i], sums[i]);
        }
    }

    /** Two references in an int: the sums of the upper one may borrow from the lower, which unpacking gives back. */
    private static void addRow(int[] row, int a, int b, int c, int d, int[] packed) {
        for (int i = 0; i < packed.length; i++) {
            int code = row[i];
            packed[i] += (code & NIBBLES) * a
                    + ((code >>> 4) & NIBBLES) * b
                    + ((code >>> 8) & NIBBLES) * c
                    + ((code >>> 12) & NIBBLES) * d;
        }
    }

    private static void unpackHigh(int[] packed, int[] high) {
        for (int i = 0; i < packed.length; i++) {
            high[i] = (packed[i] - ((packed[i] << 16) >> 16)) >> 16;
        }
    }

    private static void unpackLow(int[] packed) {
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (packed[i] << 16) >> 16;
        }
    }

    @Override
    public int survivors(
            int[] sums, int first, int count, Factors factors, Bound bound, float base, int[] slots, int found) {
        return survivors(sums, 0, first, count, factors, bound, base, slots, found);
    }

    /** @param at where the sums of the first slot begin */
    int survivors(
            int[] sums,
            int at,
            int first,
            int count,
            Factors factors,
            Bound bound,
            float base,
            int[] slots,
            int found) {
        int end = found;
        for (int i = 0; i < count; i++) {
            slots[end] = first + i;
            end += bound.least(factors, first + i, sums[at + i], base) > 0 ? 0 : 1;
        }
        return end;
    }

    /** Eight sums, because one would make every addition wait for the one before. */
    @Override
    public double squaredDistance(float[] vectors, int at, float[] probe) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        float sum4 = 0;
        float sum5 = 0;
        float sum6 = 0;
        float sum7 = 0;
        int i = 0;
        for (; i + 8 <= probe.length; i += 8) {
            sum0 += square(vectors[at + i] - probe[i]);
            sum1 += square(vectors[at + i + 1] - probe[i + 1]);
            sum2 += square(vectors[at + i + 2] - probe[i + 2]);
            sum3 += square(vectors[at + i + 3] - probe[i + 3]);
            sum4 += square(vectors[at + i + 4] - probe[i + 4]);
            sum5 += square(vectors[at + i + 5] - probe[i + 5]);
            sum6 += square(vectors[at + i + 6] - probe[i + 6]);
            sum7 += square(vectors[at + i + 7] - probe[i + 7]);
        }
        for (; i < probe.length; i++) {
            sum0 += square(vectors[at + i] - probe[i]);
        }
        return total(sum0, sum1, sum2, sum3, sum4, sum5, sum6, sum7);
    }

    static double total(float a, float b, float c, float d, float e, float f, float g, float h) {
        return (double) ((a + b) + (c + d)) + ((e + f) + (g + h));
    }

    private static float square(float value) {
        return value * value;
    }
}
