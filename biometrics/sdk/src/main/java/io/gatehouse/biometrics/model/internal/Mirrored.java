package io.gatehouse.biometrics.model.internal;

/** Pictures as a mirror shows them. Stateless. */
public final class Mirrored {
    private static final int CHANNELS = 3;

    private Mirrored() {}

    /** A new array with each row of blue-green-red pixels from right to left. */
    public static byte[] of(byte[] bgr, int width, int height) {
        byte[] mirrored = new byte[bgr.length];
        int row = CHANNELS * width;
        for (int y = 0; y < height; y++) {
            for (int from = y * row, to = from + row - 3; from < (y + 1) * row; from += 3, to -= 3) {
                mirrored[to] = bgr[from];
                mirrored[to + 1] = bgr[from + 1];
                mirrored[to + 2] = bgr[from + 2];
            }
        }
        return mirrored;
    }
}
