package io.gatehouse.codes.internal.read;

/**
 * Dark or light, pixel by pixel, against the mean of a square around it (Bradley and Roth, Adaptive thresholding using the
 * integral image, 2007). Immutable.
 */
final class Binary {
    private final int width;
    private final int height;
    private final boolean[] dark;

    private Binary(int width, int height, boolean[] dark) {
        this.width = width;
        this.height = height;
        this.dark = dark;
    }

    /**
     * A pixel is dark if it is below the mean of the square with this many pixels each way from it.
     *
     * @param bias how much below, of 255: keeps noise on even ground from counting
     */
    static Binary of(Grey grey, int reach, int bias) {
        int width = grey.width();
        int height = grey.height();
        int stride = width + 1;
        int[] sums = new int[stride * (height + 1)];
        for (int y = 0; y < height; y++) {
            int row = 0;
            for (int x = 0; x < width; x++) {
                row += grey.at(y * width + x);
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
            }
        }
        boolean[] dark = new boolean[width * height];
        for (int y = 0; y < height; y++) {
            int top = Math.max(0, y - reach);
            int bottom = Math.min(height, y + reach + 1);
            for (int x = 0; x < width; x++) {
                int left = Math.max(0, x - reach);
                int right = Math.min(width, x + reach + 1);
                // Wraps above 2^31 in pictures of more than 8 megapixels, and comes out right all the same.
                int sum = sums[bottom * stride + right]
                        - sums[top * stride + right]
                        - sums[bottom * stride + left]
                        + sums[top * stride + left];
                int area = (bottom - top) * (right - left);
                dark[y * width + x] = (long) (grey.at(y * width + x) + bias) * area < sum;
            }
        }
        return new Binary(width, height, dark);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean isDark(int x, int y) {
        return dark[y * width + x];
    }

    boolean isInside(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height;
    }
}
