package io.gatehouse.biometrics.gallery.search;

import io.gatehouse.biometrics.protect.TemplateProtector;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Codes of a few bits of the turned residual, and a bound that holds with a probability, see {@link Bound}. The pass over
 * the first code counts bits: of code and probe, ANDed, for each bit of either (RaBitQ, Gao and Long, SIGMOD 2024; several
 * bits a number as in its extension of 2025). Below 256 numbers the error of one bit is too large a part of what tells
 * people apart, so they are two there.
 *
 * <p>A probe has six bits, the sixth with a negative weight. What rounding it loses is measured and added to the bound,
 * where RaBitQ rounds at random: six bits lose less than random rounding to four would have to be allowed for.
 */
final class BoundedCoder implements Coder {
    private static final int PROBE_BITS = 6;
    private static final int LEAST = -(1 << (PROBE_BITS - 1));
    private static final int MOST = -LEAST - 1;
    private static final int ONE_BIT_FROM = 256;
    /** Shares of the largest number that the largest integer stands for: clipping a few may lose less than it gains. */
    private static final double[] CLIPS = {1, 0.85, 0.7};

    private final int dimension;
    private final Kernel kernel;
    private final double stageProbability;
    private final TemplateProtector rotation;
    private final int firstBits;
    private final ReferenceCode firstCode;
    private final ReferenceCode secondCode;

    BoundedCoder(int dimension, Kernel kernel, double missProbability, SecureRandom random) {
        this.dimension = dimension;
        this.kernel = kernel;
        this.stageProbability = missProbability / 2;
        byte[] key = TemplateProtector.newKey(random);
        this.rotation = TemplateProtector.of(key, dimension);
        Arrays.fill(key, (byte) 0);
        this.firstBits = dimension < ONE_BIT_FROM ? 2 : 1;
        this.firstCode = new ReferenceCode(dimension, firstBits, Double.POSITIVE_INFINITY);
        this.secondCode = new ReferenceCode(dimension, PlaneCodes.SECOND_BITS, Double.POSITIVE_INFINITY);
    }

    int firstBits() {
        return firstBits;
    }

    ReferenceCode firstCode() {
        return firstCode;
    }

    ReferenceCode secondCode() {
        return secondCode;
    }

    double[] turned(double[] residual) {
        float[] narrow = new float[residual.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) residual[i];
        }
        float[] turned = rotation.protect(narrow);
        double[] wide = new double[turned.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = turned[i];
        }
        Arrays.fill(narrow, 0);
        Arrays.fill(turned, 0);
        return wide;
    }

    @Override
    public Codes newCodes() {
        return new PlaneCodes(dimension, this);
    }

    @Override
    public Sieve sieve(double[] residual) {
        return new BoundedSieve(rounded(turned(residual)));
    }

    private static ProbeCode rounded(double[] turned) {
        double largest = 0;
        for (double value : turned) {
            largest = Math.max(largest, Math.abs(value));
        }
        ProbeCode best = ProbeCode.of(turned, largest / MOST, LEAST, MOST);
        for (double clip : CLIPS) {
            ProbeCode other = ProbeCode.of(turned, clip * largest / MOST, LEAST, MOST);
            best = other.rest() < best.rest() ? other : best;
        }
        return best;
    }

    private static PlaneCodes codes(Segment segment) {
        return (PlaneCodes) segment.codes;
    }

    private final class BoundedSieve implements Sieve {
        private final int[] firstPlanes;
        private final long[] secondPlanes;
        private final Bound first;
        private final Bound second;

        BoundedSieve(ProbeCode probe) {
            this.firstPlanes = new int[PlaneCodes.rows(dimension) * PROBE_BITS];
            this.secondPlanes = new long[PlaneCodes.words(dimension) * PROBE_BITS];
            int[] values = probe.values();
            for (int i = 0; i < values.length; i++) {
                for (int plane = 0; plane < PROBE_BITS; plane++) {
                    int bit = (values[i] >> plane) & 1;
                    firstPlanes[i / Integer.SIZE * PROBE_BITS + plane] |= bit << i;
                    secondPlanes[i / Long.SIZE * PROBE_BITS + plane] |= (long) bit << i;
                }
            }
            this.first = Bound.bounded(probe, -firstCode.middle() * probe.sum(), stageProbability);
            this.second = Bound.bounded(probe, -secondCode.middle() * probe.sum(), stageProbability);
        }

        @Override
        public void sum(Segment segment, Kernel.Sums sums) {
            int[][] rows = codes(segment).firstRows;
            Arrays.fill(sums.all, 0);
            for (int row = 0; row < rows.length; row++) {
                int at = row / firstBits * PROBE_BITS;
                BitCounts.addRow(rows[row], firstPlanes, at, row % firstBits, sums.all);
            }
        }

        @Override
        public int survivors(Segment segment, Kernel.Sums sums, int count, double squaredLimit, int[] slots) {
            PlaneCodes codes = codes(segment);
            float base = first.base(squaredLimit);
            int found = kernel.survivors(sums.all, 0, count, codes.firstFactors, first, base, slots, 0);
            return secondLook(codes, second.base(squaredLimit), slots, found);
        }

        private int secondLook(PlaneCodes codes, float base, int[] slots, int found) {
            Factors factors = codes.secondFactors;
            int kept = 0;
            for (int i = 0; i < found; i++) {
                int slot = slots[i];
                int sum = BitCounts.sum(codes.second, codes.secondAt(slot), secondPlanes);
                slots[kept] = slot;
                kept += second.least(factors, slot, sum, base) > 0 ? 0 : 1;
            }
            return kept;
        }
    }
}
