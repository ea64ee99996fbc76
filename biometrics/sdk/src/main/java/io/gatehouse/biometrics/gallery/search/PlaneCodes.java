package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;

/**
 * Codes for {@link BoundedCoder}: a first of one or two bits a number, laid out in rows like {@link NibbleCodes} (a row
 * holds one bit of 32 numbers of all references), and a second of four bits a number, reference after reference, since few
 * are looked at.
 */
final class PlaneCodes implements Codes {
    static final int SECOND_BITS = 4;

    final int[][] firstRows;
    final Factors firstFactors = new Factors();
    final long[] second;
    final Factors secondFactors = new Factors();
    private final int words;
    private final BoundedCoder coder;

    PlaneCodes(int dimension, BoundedCoder coder) {
        this.coder = coder;
        this.words = words(dimension);
        this.firstRows = new int[coder.firstBits() * rows(dimension)][Segment.SIZE];
        this.second = new long[Segment.SIZE * SECOND_BITS * words];
    }

    /** Rows of a bit of the first code. */
    static int rows(int dimension) {
        return (dimension + Integer.SIZE - 1) / Integer.SIZE;
    }

    /** Words of a bit of the second code. */
    static int words(int dimension) {
        return (dimension + Long.SIZE - 1) / Long.SIZE;
    }

    /** Bit {@code plane} of word {@code word} is row {@code word * firstBits + plane}. */
    @Override
    public void put(int slot, double[] residual) {
        double[] turned = coder.turned(residual);
        ReferenceCode first = coder.firstCode();
        first.encode(turned);
        wipe(slot);
        int bits = coder.firstBits();
        for (int i = 0; i < turned.length; i++) {
            for (int plane = 0; plane < bits; plane++) {
                firstRows[i / Integer.SIZE * bits + plane][slot] |= ((first.values[i] >> plane) & 1) << i;
            }
        }
        fill(firstFactors, slot, first, turned);
        ReferenceCode more = coder.secondCode();
        more.encode(turned);
        int at = secondAt(slot);
        for (int i = 0; i < turned.length; i++) {
            for (int plane = 0; plane < SECOND_BITS; plane++) {
                second[at + i / Long.SIZE * SECOND_BITS + plane] |= (long) ((more.values[i] >> plane) & 1) << i;
            }
        }
        fill(secondFactors, slot, more, turned);
        Arrays.fill(turned, 0);
    }

    private static void fill(Factors factors, int slot, ReferenceCode code, double[] turned) {
        float scale = code.projectingScale();
        factors.put(slot, code.squaredNorm, scale, code.distance(turned, scale));
        code.wipe();
    }

    int secondAt(int slot) {
        return slot * SECOND_BITS * words;
    }

    @Override
    public void wipe(int slot) {
        for (int[] row : firstRows) {
            row[slot] = 0;
        }
        Arrays.fill(second, secondAt(slot), secondAt(slot + 1), 0);
        firstFactors.wipe(slot);
        secondFactors.wipe(slot);
    }

    @Override
    public long bytes() {
        return HeapSize.rows(firstRows.length, Segment.SIZE, Integer.BYTES)
                + HeapSize.array(second.length, Long.BYTES)
                + 2 * Factors.bytes();
    }
}
