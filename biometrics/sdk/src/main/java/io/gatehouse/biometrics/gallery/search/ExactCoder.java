package io.gatehouse.biometrics.gallery.search;

import java.util.Arrays;

/**
 * Codes of four bits and a bound that always holds. Sums of code × probe are kept in 16 bits, so that as many as possible
 * fit into a register: references are coded with Σ(u−8)² ≤ 16·d and probes with ‖v‖ ≤ 32767/(4·√d), hence by Cauchy and
 * Schwarz |Σ(u−8)·v| ≤ 32767. At 128 numbers a probe keeps about seven bits and at 512 five, beside the sign.
 */
final class ExactCoder implements Coder {
    private static final int HALF_LEVELS = 8;
    private static final int BOTH_HALVES = 0x10001;
    private static final int TOGETHER = 4;

    private final int dimension;
    private final Kernel kernel;
    private final ReferenceCode code;

    ExactCoder(int dimension, Kernel kernel) {
        this.dimension = dimension;
        this.kernel = kernel;
        this.code = new ReferenceCode(dimension, NibbleCodes.BITS, 16.0 * dimension);
    }

    @Override
    public Codes newCodes() {
        return new NibbleCodes(dimension, code);
    }

    @Override
    public Sieve sieve(double[] residual) {
        return new ExactSieve(residual);
    }

    @Override
    public void sum(Sieve[] sieves, Segment segment, Kernel.Sums[] sums) {
        int done = 0;
        for (; done + TOGETHER <= sieves.length; done += TOGETHER) {
            short[][] probes = new short[TOGETHER][];
            int[] starts = new int[TOGETHER];
            for (int i = 0; i < TOGETHER; i++) {
                ExactSieve sieve = (ExactSieve) sieves[done + i];
                probes[i] = sieve.padded;
                starts[i] = sieve.start;
            }
            kernel.nibbleSums(codes(segment).rows, probes, starts, Arrays.copyOfRange(sums, done, done + TOGETHER));
        }
        for (; done < sieves.length; done++) {
            sieves[done].sum(segment, sums[done]);
        }
    }

    private static NibbleCodes codes(Segment segment) {
        return (NibbleCodes) segment.codes;
    }

    private final class ExactSieve implements Sieve {
        final short[] padded;
        final int start;
        private final Bound bound;

        ExactSieve(double[] residual) {
            double squares = 0;
            for (double value : residual) {
                squares += value * value;
            }
            double root = Math.sqrt(residual.length);
            // Rounding adds at most half a step a number.
            double norm = Short.MAX_VALUE / (4 * root) - root / 2 - 1;
            ProbeCode probe = ProbeCode.of(residual, Math.sqrt(squares) / norm, Short.MIN_VALUE, Short.MAX_VALUE);
            this.padded = new short[4 * NibbleCodes.rows(dimension)];
            for (int i = 0; i < dimension; i++) {
                padded[i] = (short) probe.values()[i];
            }
            this.start = (int) (-HALF_LEVELS * probe.sum()) * BOTH_HALVES;
            this.bound = Bound.exact(probe, probe.sum() / 2.0);
        }

        @Override
        public void sum(Segment segment, Kernel.Sums sums) {
            kernel.nibbleSums(codes(segment).rows, padded, start, sums);
        }

        @Override
        public int survivors(Segment segment, Kernel.Sums sums, int count, double squaredLimit, int[] slots) {
            Factors factors = codes(segment).factors;
            float base = bound.base(squaredLimit);
            int low = Math.min(count, Segment.HALF);
            int found = kernel.survivors(sums.low, 0, low, factors, bound, base, slots, 0);
            return kernel.survivors(sums.high, low, count - low, factors, bound, base, slots, found);
        }
    }
}
