package io.gatehouse.biometrics.modeltools.convert;

/** A feature map of the plain second implementation: height × width × channels, in double. */
record Map3(int height, int width, int channels, double[] values) {
    Map3(int height, int width, int channels) {
        this(height, width, channels, new double[height * width * channels]);
    }

    /** The value, or zero outside. */
    double at(int y, int x, int c) {
        return y < 0 || x < 0 || y >= height || x >= width || c >= channels
                ? 0
                : values[(y * width + x) * channels + c];
    }

    void set(int y, int x, int c, double value) {
        values[(y * width + x) * channels + c] = value;
    }
}
