package io.gatehouse.codes.symbol;

import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;

/**
 * The brightness of a picture at one size of the pyramid.
 *
 * @param halvings how many times it was halved
 */
record Luminance(int width, int height, byte[] pixels, int halvings) {
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
        return new Luminance(halfWidth, halfHeight, half, halvings + 1);
    }

    Luminance inverted() {
        byte[] inverse = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            inverse[i] = (byte) ~pixels[i];
        }
        return new Luminance(width, height, inverse, halvings);
    }

    private int at(int index) {
        return pixels[index] & 0xFF;
    }
}
