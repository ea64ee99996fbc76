package io.gatehouse.codes.internal.read;

import com.google.zxing.LuminanceSource;
import com.google.zxing.PlanarYUVLuminanceSource;
import java.util.Arrays;

/**
 * The brightness of a picture at one size of the pyramid. Its pixels are not copied: whoever makes one leaves them alone.
 *
 * @param width  pixels
 * @param height pixels
 * @param pixels one byte a pixel, rows from the top
 * @param scale  how many pixels of the full picture one of this is wide: a power of 2, 0.5 where it was doubled
 */
public record Grey(int width, int height, byte[] pixels, double scale) {
    /** As ZXing takes it. */
    public LuminanceSource source() {
        return new PlanarYUVLuminanceSource(pixels, width, height, 0, 0, width, height, false);
    }

    public int smallerSide() {
        return Math.min(width, height);
    }

    /** Half the size, each pixel the mean of four. */
    public Grey halved() {
        int halfWidth = width / 2;
        int halfHeight = height / 2;
        byte[] half = new byte[halfWidth * halfHeight];
        for (int y = 0, to = 0; y < halfHeight; y++) {
            for (int x = 0, from = 2 * y * width; x < halfWidth; x++, from += 2) {
                int sum = at(from) + at(from + 1) + at(from + width) + at(from + width + 1);
                half[to++] = (byte) ((sum + 2) / 4);
            }
        }
        return new Grey(halfWidth, halfHeight, half, scale * 2);
    }

    /** Twice the size, interpolated linearly: where a module has two pixels or less, sampling hits its middle more often. */
    public Grey doubled() {
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
        return new Grey(2 * width, 2 * height, doubled, scale / 2);
    }

    public Grey inverted() {
        byte[] inverse = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            inverse[i] = (byte) ~pixels[i];
        }
        return new Grey(width, height, inverse, scale);
    }

    /** The median of each pixel and its eight neighbours: takes out single lost pixels and leaves edges. */
    public Grey median() {
        byte[] filtered = pixels.clone();
        int[] window = new int[9];
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                int count = 0;
                for (int row = y - 1; row <= y + 1; row++) {
                    for (int column = x - 1; column <= x + 1; column++) {
                        window[count++] = at(row * width + column);
                    }
                }
                Arrays.sort(window);
                filtered[y * width + x] = (byte) window[4];
            }
        }
        return new Grey(width, height, filtered, scale);
    }

    /** Brightness between pixels, interpolated linearly; a pixel's middle lies at half its width; outside the border goes on. */
    double at(double x, double y) {
        double left = Math.max(0, Math.min(width - 1.001, x - 0.5));
        double top = Math.max(0, Math.min(height - 1.001, y - 0.5));
        int column = (int) left;
        int row = (int) top;
        double partX = left - column;
        double partY = top - row;
        int at = row * width + column;
        int below = row + 1 < height ? at + width : at;
        int right = column + 1 < width ? 1 : 0;
        double upper = at(at) * (1 - partX) + at(at + right) * partX;
        double lower = at(below) * (1 - partX) + at(below + right) * partX;
        return upper * (1 - partY) + lower * partY;
    }

    int at(int index) {
        return pixels[index] & 0xFF;
    }
}
