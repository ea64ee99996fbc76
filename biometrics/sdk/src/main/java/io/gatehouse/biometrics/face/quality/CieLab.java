package io.gatehouse.biometrics.face.quality;

/** The colour of CIE L*a*b* (ISO/CIE 11664-4), under the white D50 as ISO/IEC 29794-5 takes it. */
final class CieLab {
    // Bradford-adapted sRGB to XYZ under D50, and the white's X and Z.
    private static final double[] X = {0.43605, 0.38508, 0.14309};
    private static final double[] Y = {0.22249, 0.71689, 0.06062};
    private static final double[] Z = {0.01393, 0.09710, 0.71419};
    private static final double WHITE_X = 0.964221;
    private static final double WHITE_Z = 0.825211;

    private CieLab() {}

    /** a* and b* of an sRGB colour with channels of 0 to 1. */
    static double[] ab(double red, double green, double blue) {
        double[] light = {Brightness.linear(red), Brightness.linear(green), Brightness.linear(blue)};
        double x = root(dot(X, light) / WHITE_X);
        double y = root(dot(Y, light));
        double z = root(dot(Z, light) / WHITE_Z);
        return new double[] {500 * (x - y), 200 * (y - z)};
    }

    private static double dot(double[] row, double[] light) {
        return row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
    }

    private static double root(double part) {
        return part > 216 / 24389.0 ? Math.cbrt(part) : (24389 / 27.0 * part + 16) / 116;
    }
}
