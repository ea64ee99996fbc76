package io.gatehouse.biometrics.gallery.search;

/**
 * The inner loops. Every form gives the same bits as every other, so that which one runs changes no answer. Stateless and
 * thread-safe.
 */
interface Kernel {
    /** For logs and reports. */
    String name();

    /**
     * Sums of code × probe for every slot of a segment.
     *
     * @param rows  four numbers a row, see {@link NibbleCodes}
     * @param probe four integers a row, each within a short
     * @param start what each sum begins with, in both halves of an int
     * @param sums  receives the sums, each within a short
     */
    void nibbleSums(int[][] rows, short[] probe, int start, Sums sums);

    /** As {@link #nibbleSums} for four probes, so that a code is read and unpacked once for all of them. */
    void nibbleSums(int[][] rows, short[][] probes, int[] starts, Sums[] sums);

    /**
     * Which slots cannot be left out.
     *
     * @param sums  of the slots from {@code first} on
     * @param base  what {@link Bound#base} says of the limit
     * @param slots receives the slots, from {@code found} on
     * @return how many slots there are now
     */
    int survivors(int[] sums, int first, int count, Factors factors, Bound bound, float base, int[] slots, int found);

    /** The squared distance, by the order of additions that makes it what it is in every form. */
    double squaredDistance(float[] vectors, int at, float[] probe);

    /** What a pass over a segment writes its sums into: those of the first half of the slots, and of the second. */
    final class Sums {
        final int[] low = new int[Segment.HALF];
        final int[] high = new int[Segment.HALF];
        /** For codes whose sums come a reference an int. */
        final int[] all = new int[Segment.SIZE];
    }
}
