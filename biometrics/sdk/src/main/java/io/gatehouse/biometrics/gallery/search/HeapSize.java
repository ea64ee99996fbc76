package io.gatehouse.biometrics.gallery.search;

/** What arrays take on the heap of a 64-bit HotSpot with compressed references: a header of 16 bytes, and steps of 8. */
final class HeapSize {
    private static final int HEADER = 16;
    private static final int STEP = 8;

    private HeapSize() {}

    static long array(long length, int bytesEach) {
        return (HEADER + length * bytesEach + STEP - 1) / STEP * STEP;
    }

    /** Rows of one length, and the array that lists them. */
    static long rows(int rows, long length, int bytesEach) {
        return array(rows, Integer.BYTES) + rows * array(length, bytesEach);
    }
}
