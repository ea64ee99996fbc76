package io.gatehouse.biometrics.gallery.search;

/** The codes of a segment's references. One writer, as for {@link Segment}. */
interface Codes {
    /** Encodes a reference. The residual is the caller's to overwrite; nothing of it stays outside the slot. */
    void put(int slot, double[] residual);

    /** Overwrites a code. */
    void wipe(int slot);

    long bytes();
}
