package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops with the Vector API of JDK 17 and later. They go along rows, since memory is read ahead where it is read in
 * order; across them, a vector's width of each, the same sums took half as long again. Two rows or two probes at a
 * time and no more: JDK 17 inlines only so much. Loaded by {@link Kernels} only where the incubator module is there, and
 * compiled apart, see the module's pom.
 */
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final int LANES = INTS.length();
    private static final int NIBBLES = 0x000F000F;

    private final PlainKernel plain = new PlainKernel();

    @Override
    public String name() {
        return "Vector API, " + INTS.vectorBitSize() + " bits";
    }

    @Override
    public void nibbleSums(int[][] rows, short[] probe, int start, Sums sums) {
        int[] packed = sums.low;
        Arrays.fill(packed, start);
        int row = 0;
        for (; row + 2 <= rows.length; row += 2) {
            addTwoRows(rows[row], rows[row + 1], probe, 4 * row, packed);
        }
        if (row < rows.length) {
            addRow(rows[row], probe, 4 * row, packed);
        }
        unpack(sums);
    }

    private static void addTwoRows(int[] row0, int[] row1, short[] probe, int i, int[] packed) {
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        IntVector a = IntVector.broadcast(INTS, probe[i]);
        IntVector b = IntVector.broadcast(INTS, probe[i + 1]);
        IntVector c = IntVector.broadcast(INTS, probe[i + 2]);
        IntVector d = IntVector.broadcast(INTS, probe[i + 3]);
        IntVector e = IntVector.broadcast(INTS, probe[i + 4]);
        IntVector f = IntVector.broadcast(INTS, probe[i + 5]);
        IntVector g = IntVector.broadcast(INTS, probe[i + 6]);
        IntVector h = IntVector.broadcast(INTS, probe[i + 7]);
        for (int at = 0; at < Segment.HALF; at += LANES) {
            IntVector first = products(IntVector.fromArray(INTS, row0, at), nibbles, a, b, c, d);
            IntVector second = products(IntVector.fromArray(INTS, row1, at), nibbles, e, f, g, h);
            IntVector.fromArray(INTS, packed, at).add(first.add(second)).intoArray(packed, at);
        }
    }

    private static void addRow(int[] row, short[] probe, int i, int[] packed) {
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        IntVector a = IntVector.broadcast(INTS, probe[i]);
        IntVector b = IntVector.broadcast(INTS, probe[i + 1]);
        IntVector c = IntVector.broadcast(INTS, probe[i + 2]);
        IntVector d = IntVector.broadcast(INTS, probe[i + 3]);
        for (int at = 0; at < Segment.HALF; at += LANES) {
            IntVector products = products(IntVector.fromArray(INTS, row, at), nibbles, a, b, c, d);
            IntVector.fromArray(INTS, packed, at).add(products).intoArray(packed, at);
        }
    }

    private static IntVector products(
            IntVector codes, IntVector nibbles, IntVector a, IntVector b, IntVector c, IntVector d) {
        IntVector first = codes.and(nibbles).mul(a);
        IntVector second = codes.lanewise(VectorOperators.LSHR, 4).and(nibbles).mul(b);
        IntVector third = codes.lanewise(VectorOperators.LSHR, 8).and(nibbles).mul(c);
        IntVector fourth = codes.lanewise(VectorOperators.LSHR, 12).and(nibbles).mul(d);
        return first.add(second).add(third.add(fourth));
    }

    /** Two sums lie in each int of the lower ones. */
    private static void unpack(Sums sums) {
        for (int at = 0; at < Segment.HALF; at += LANES) {
            IntVector both = IntVector.fromArray(INTS, sums.low, at);
            IntVector low = both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
            low.intoArray(sums.low, at);
            both.sub(low).lanewise(VectorOperators.ASHR, 16).intoArray(sums.high, at);
        }
    }

    @Override
    public void nibbleSums(int[][] rows, short[][] probes, int[] starts, Sums[] sums) {
        for (int i = 0; i < probes.length; i++) {
            Arrays.fill(sums[i].low, starts[i]);
        }
        for (int row = 0; row < rows.length; row++) {
            addRow(rows[row], probes[0], probes[1], 4 * row, sums[0].low, sums[1].low);
            addRow(rows[row], probes[2], probes[3], 4 * row, sums[2].low, sums[3].low);
        }
        for (Sums each : sums) {
            unpack(each);
        }
    }

    /** For two probes: codes are unpacked once and multiplied twice. */
    private static void addRow(int[] row, short[] probe0, short[] probe1, int i, int[] packed0, int[] packed1) {
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        IntVector a0 = IntVector.broadcast(INTS, probe0[i]);
        IntVector b0 = IntVector.broadcast(INTS, probe0[i + 1]);
        IntVector c0 = IntVector.broadcast(INTS, probe0[i + 2]);
        IntVector d0 = IntVector.broadcast(INTS, probe0[i + 3]);
        IntVector a1 = IntVector.broadcast(INTS, probe1[i]);
        IntVector b1 = IntVector.broadcast(INTS, probe1[i + 1]);
        IntVector c1 = IntVector.broadcast(INTS, probe1[i + 2]);
        IntVector d1 = IntVector.broadcast(INTS, probe1[i + 3]);
        for (int at = 0; at < Segment.HALF; at += LANES) {
            IntVector codes = IntVector.fromArray(INTS, row, at);
            IntVector a = codes.and(nibbles);
            IntVector b = codes.lanewise(VectorOperators.LSHR, 4).and(nibbles);
            IntVector c = codes.lanewise(VectorOperators.LSHR, 8).and(nibbles);
            IntVector d = codes.lanewise(VectorOperators.LSHR, 12).and(nibbles);
            IntVector sum0 = a.mul(a0).add(b.mul(b0)).add(c.mul(c0).add(d.mul(d0)));
            IntVector sum1 = a.mul(a1).add(b.mul(b1)).add(c.mul(c1).add(d.mul(d1)));
            IntVector.fromArray(INTS, packed0, at).add(sum0).intoArray(packed0, at);
            IntVector.fromArray(INTS, packed1, at).add(sum1).intoArray(packed1, at);
        }
    }

    @Override
    public int survivors(
            int[] sums, int first, int count, Factors factors, Bound bound, float base, int[] slots, int found) {
        int end = found;
        int i = 0;
        for (; i + FLOATS.length() <= count; i += FLOATS.length()) {
            VectorMask<Float> far =
                    least(sums, i, first + i, factors, bound, base).compare(VectorOperators.GT, 0f);
            if (!far.allTrue()) {
                end = plain.survivors(sums, i, first + i, FLOATS.length(), factors, bound, base, slots, end);
            }
        }
        return plain.survivors(sums, i, first + i, count - i, factors, bound, base, slots, end);
    }

    /** The operations of {@link Bound#least}, in their order. */
    private static FloatVector least(int[] sums, int at, int slot, Factors factors, Bound bound, float base) {
        FloatVector radius = FloatVector.fromArray(FLOATS, factors.radius, slot);
        FloatVector sum = (FloatVector) IntVector.fromArray(INTS, sums, at).convert(VectorOperators.I2F, 0);
        FloatVector scaled = FloatVector.fromArray(FLOATS, factors.scale, slot).mul(sum.add(bound.offset()));
        return FloatVector.fromArray(FLOATS, factors.norm, slot)
                .mul(bound.normFactor())
                .add(base)
                .sub(radius.mul(bound.radiusFactor()))
                .sub(radius.mul(radius).mul(bound.squareFactor()))
                .sub(scaled.mul(bound.sumFactor()));
    }

    /** Eight lanes are the eight sums of the plain form. */
    @Override
    public double squaredDistance(float[] vectors, int at, float[] probe) {
        int whole = probe.length & -8;
        FloatVector sums = FloatVector.zero(EIGHT);
        for (int i = 0; i < whole; i += 8) {
            FloatVector difference =
                    FloatVector.fromArray(EIGHT, vectors, at + i).sub(FloatVector.fromArray(EIGHT, probe, i));
            sums = sums.add(difference.mul(difference));
        }
        float sum0 = sums.lane(0);
        for (int i = whole; i < probe.length; i++) {
            float difference = vectors[at + i] - probe[i];
            sum0 += difference * difference;
        }
        return PlainKernel.total(
                sum0, sums.lane(1), sums.lane(2), sums.lane(3), sums.lane(4), sums.lane(5), sums.lane(6), sums.lane(7));
    }
}
