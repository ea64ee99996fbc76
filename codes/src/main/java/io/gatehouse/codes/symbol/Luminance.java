package io.gatehouse.codes.symbol;

import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;

/**
 * The brightness of a picture at one size of the pyramid.
 *
 * @param scale how many pixels of the full picture one of this is wide: a power of 2, 0.5 where it was doubled
 */
record Luminance(int width, int height, byte[] pixels, double scale) {
    LuminanceSource source() {
        return new PlanarYUVLuminanceSource(pixels, width, height, 0, 0, width, height, false);
    }

    int smallerSide() {
        return Math.min(width, height);
    }

    /** Half the size, each pixel the mean of four. */
    Luminance halved() {
        int halfWidth = width / 2;
        int halfHeight = height / 2;
        byte[] half = new byte[halfWidth * halfHeight];
        for (int y = 0, to = 0; y < halfHeight; y++) {
            for (int x = 0, from = 2 * y * width; x < halfWidth; x++, from += 2) {
                int sum = at(from) + at(from + 1) + at(from + width) + at(from + width + 1);
                half[to++] = (byte) ((sum + 2) / 4);
            }
        }
        return new Luminance(halfWidth, halfHeight, half, scale * 2);
    }

    /** Twice the size, interpolated linearly: where a module has two pixels or less, sampling hits its middle more often. */
    Luminance doubled() {
        byte[] doubled = new byte[4 * width * height];
        for (int y = 0, to = 0; y < 2 * height; y++) {
            int near = y / 2 * width;
            int far = Math.max(0, Math.min(height - 1, y / 2 + (y % 2 == 0 ? -1 : 1))) * width;
            for (int x = 0; x < 2 * width; x++) {
                int nearX = x / 2;
                int farX = Math.max(0, Math.min(width - 1, nearX + (x % 2 == 0 ? -1 : 1)));
                int sum = 9 * at(near + nearX) + 3 * at(near + farX) + 3 * at(far + nearX) + at(far + farX);
                doubled[to++] = (byte) ((sum + 8) / 16);
            }
        }
        return new Luminance(2 * width, 2 * height, doubled, scale / 2);
    }

    Luminance inverted() {
        byte[] inverse = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            inverse[i] = (byte) ~pixels[i];
        }
        return new Luminance(width, height, inverse, scale);
    }

    private int at(int index) {
        return pixels[index] & 0xFF;
    }
}
