package io.gatehouse.biometrics.gallery.search;

/**
 * Codes of four bits, laid out so that one instruction works on many references: a row holds four numbers of all, an int
 * of it those of two references, slot i in the lower half and slot i + 512 in the upper.
 */
final class NibbleCodes implements Codes {
    static final int BITS = 4;

    final int[][] rows;
    final Factors factors = new Factors();
    private final ReferenceCode code;

    NibbleCodes(int dimension, ReferenceCode code) {
        this.rows = new int[rows(dimension)][Segment.HALF];
        this.code = code;
    }

    static int rows(int dimension) {
        return (dimension + 3) / 4;
    }

    @Override
    public void put(int slot, double[] residual) {
        code.encode(residual);
        int at = slot % Segment.HALF;
        int half = slot / Segment.HALF * 16;
        for (int row = 0; row < rows.length; row++) {
            int four = 0;
            for (int i = 4 * row; i < Math.min(4 * row + 4, residual.length); i++) {
                four |= code.values[i] << (BITS * (i % 4));
            }
            // One write: a reader of the other half sees its bits as they always were.
            rows[row][at] = (rows[row][at] & ~(0xFFFF << half)) | (four << half);
        }
        float scale = code.nearestScale();
        factors.put(slot, code.squaredNorm, scale, code.distance(residual, scale));
        code.wipe();
    }

    @Override
    public void wipe(int slot) {
        int keep = ~(0xFFFF << (slot / Segment.HALF * 16));
        for (int[] row : rows) {
            row[slot % Segment.HALF] &= keep;
        }
        factors.wipe(slot);
    }

    @Override
    public long bytes() {
        return HeapSize.rows(rows.length, Segment.HALF, Integer.BYTES) + Factors.bytes();
    }
}
