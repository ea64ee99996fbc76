package io.gatehouse.biometrics.gallery.search;

/** No codes: every reference matters. */
final class PlainCoder implements Coder {
    private static final Codes NONE = new Codes() {
        @Override
        public void put(int slot, double[] residual) {}

        @Override
        public void wipe(int slot) {}

        @Override
        public long bytes() {
            return 0;
        }
    };

    private static final Sieve ALL = new Sieve() {
        @Override
        public void sum(Segment segment, Kernel.Sums sums) {}

        @Override
        public int survivors(Segment segment, Kernel.Sums sums, int count, double squaredLimit, int[] slots) {
            for (int slot = 0; slot < count; slot++) {
                slots[slot] = slot;
            }
            return count;
        }
    };

    @Override
    public Codes newCodes() {
        return NONE;
    }

    @Override
    public Sieve sieve(double[] residual) {
        return ALL;
    }
}
