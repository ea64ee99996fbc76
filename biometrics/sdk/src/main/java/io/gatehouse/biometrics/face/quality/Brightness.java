package io.gatehouse.biometrics.face.quality;

/**
 * Relative luminance as ISO/IEC 29794-5 computes it: sRGB undone (IEC 61966-2-1), then 0.2126 red, 0.7152 green and 0.0722
 * blue (ITU-R BT.709), as a number from 0 to 255. Linear in the light, so that it is much below the usual grey value: grey
 * 128 has luminance 55.
 */
final class Brightness {
    private static final int SHIFT = 16;
    private static final int[] RED = table(0.2126);
    private static final int[] GREEN = table(0.7152);
    private static final int[] BLUE = table(0.0722);

    private Brightness() {}

    /** Luminance of the pixel whose blue is at that place. */
    static int at(byte[] bgr, int place) {
        return (BLUE[bgr[place] & 0xFF]
                        + GREEN[bgr[place + 1] & 0xFF]
                        + RED[bgr[place + 2] & 0xFF]
                        + (1 << (SHIFT - 1)))
                >> SHIFT;
    }

    /** From 0…1 as encoded in sRGB to 0…1 of light. */
    static double linear(double encoded) {
        return encoded > 0.04045 ? Math.pow((encoded + 0.055) / 1.055, 2.4) : encoded / 12.92;
    }

    private static int[] table(double weight) {
        int[] table = new int[256];
        for (int value = 0; value < 256; value++) {
            table[value] = (int) Math.round(weight * 255 * linear(value / 255.0) * (1 << SHIFT));
        }
        return table;
    }
}
