package io.gatehouse.biometrics.gallery.search;

/**
 * What a code alone does not tell of the references of a segment: the squared norm of a residual, the scale that turns
 * the code into numbers, and how far those are from the residual. One writer; readers read slots published before.
 */
final class Factors {
    final float[] norm = new float[Segment.SIZE];
    final float[] scale = new float[Segment.SIZE];
    final float[] radius = new float[Segment.SIZE];

    void put(int slot, double squaredNorm, float codeScale, double distance) {
        norm[slot] = (float) squaredNorm;
        scale[slot] = codeScale;
        radius[slot] = Bound.roundedUp(distance);
    }

    void wipe(int slot) {
        norm[slot] = 0;
        scale[slot] = 0;
        radius[slot] = 0;
    }

    static long bytes() {
        return 3 * HeapSize.array(Segment.SIZE, Float.BYTES);
    }
}
