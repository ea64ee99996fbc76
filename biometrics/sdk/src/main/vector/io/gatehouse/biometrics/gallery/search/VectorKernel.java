package io.gatehouse.biometrics.gallery.search;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops with the Vector API of JDK 17 and later. Sums stay in registers over all rows. Two vectors at a time and no
 * more: with four, JDK 17 stops inlining somewhere and takes four times as long. Loaded by {@link Kernels} only where the
 * incubator module is there, and compiled apart, see the module's pom.
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
        // 512 slots are a multiple of two vectors of any length up to 8,192 bits.
        for (int at = 0; at < Segment.HALF; at += 2 * LANES) {
            column(rows, probe, start, sums, at);
        }
    }

    private static void column(int[][] rows, short[] probe, int start, Sums sums, int at) {
        IntVector sum0 = IntVector.broadcast(INTS, start);
        IntVector sum1 = sum0;
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        for (int row = 0, i = 0; row < rows.length; row++, i += 4) {
            int[] codes = rows[row];
            IntVector a = IntVector.broadcast(INTS, probe[i]);
            IntVector b = IntVector.broadcast(INTS, probe[i + 1]);
            IntVector c = IntVector.broadcast(INTS, probe[i + 2]);
            IntVector d = IntVector.broadcast(INTS, probe[i + 3]);
            sum0 = sum0.add(products(IntVector.fromArray(INTS, codes, at), nibbles, a, b, c, d));
            sum1 = sum1.add(products(IntVector.fromArray(INTS, codes, at + LANES), nibbles, a, b, c, d));
        }
        unpack(sum0, sums, at);
        unpack(sum1, sums, at + LANES);
    }

    private static IntVector products(
            IntVector codes, IntVector nibbles, IntVector a, IntVector b, IntVector c, IntVector d) {
        IntVector first = codes.and(nibbles).mul(a);
        IntVector second = codes.lanewise(VectorOperators.LSHR, 4).and(nibbles).mul(b);
        IntVector third = codes.lanewise(VectorOperators.LSHR, 8).and(nibbles).mul(c);
        IntVector fourth = codes.lanewise(VectorOperators.LSHR, 12).and(nibbles).mul(d);
        return first.add(second).add(third.add(fourth));
    }

    private static void unpack(IntVector both, Sums sums, int at) {
        IntVector low = both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
        low.intoArray(sums.low, at);
        both.sub(low).lanewise(VectorOperators.ASHR, 16).intoArray(sums.high, at);
    }

    @Override
    public void nibbleSums(int[][] rows, short[][] probes, int[] starts, Sums[] sums) {
        for (int at = 0; at < Segment.HALF; at += LANES) {
            column(rows, probes, starts, sums, at);
        }
    }

    /** Four probes: codes are unpacked once and multiplied four times. */
    private static void column(int[][] rows, short[][] probes, int[] starts, Sums[] sums, int at) {
        short[] probe0 = probes[0];
        short[] probe1 = probes[1];
        short[] probe2 = probes[2];
        short[] probe3 = probes[3];
        IntVector sum0 = IntVector.broadcast(INTS, starts[0]);
        IntVector sum1 = IntVector.broadcast(INTS, starts[1]);
        IntVector sum2 = IntVector.broadcast(INTS, starts[2]);
        IntVector sum3 = IntVector.broadcast(INTS, starts[3]);
        IntVector nibbles = IntVector.broadcast(INTS, NIBBLES);
        for (int row = 0, i = 0; row < rows.length; row++, i += 4) {
            IntVector codes = IntVector.fromArray(INTS, rows[row], at);
            IntVector a = codes.and(nibbles);
            IntVector b = codes.lanewise(VectorOperators.LSHR, 4).and(nibbles);
            IntVector c = codes.lanewise(VectorOperators.LSHR, 8).and(nibbles);
            IntVector d = codes.lanewise(VectorOperators.LSHR, 12).and(nibbles);
            sum0 = sum0.add(products(a, b, c, d, probe0, i));
            sum1 = sum1.add(products(a, b, c, d, probe1, i));
            sum2 = sum2.add(products(a, b, c, d, probe2, i));
            sum3 = sum3.add(products(a, b, c, d, probe3, i));
        }
        unpack(sum0, sums[0], at);
        unpack(sum1, sums[1], at);
        unpack(sum2, sums[2], at);
        unpack(sum3, sums[3], at);
    }

    private static IntVector products(IntVector a, IntVector b, IntVector c, IntVector d, short[] probe, int at) {
        IntVector first =
                a.mul(IntVector.broadcast(INTS, probe[at])).add(b.mul(IntVector.broadcast(INTS, probe[at + 1])));
        IntVector second =
                c.mul(IntVector.broadcast(INTS, probe[at + 2])).add(d.mul(IntVector.broadcast(INTS, probe[at + 3])));
        return first.add(second);
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
