package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;

/**
 * The measures of light and colour, on the aligned chip: ISO/IEC 29794-5 takes them on a picture of 616×616 pixels with
 * 113 between the eyes; the chip, which is there anyway, has about half of that (54 of 150), which histograms and means
 * hardly notice. Luminance is computed once, for the pixels of the face only. Used by one thread.
 */
final class FaceLight {
    private static final int LEVELS = 256;
    private static final int DARK = 25;
    private static final int BRIGHT = 247;
    // A cheek's zone has a quarter of the pixels that it has in the standard's picture, and its histogram a quarter of
    // the steps: with all 256 two samples of the same cheek would hardly overlap.
    private static final int ZONE_STEPS = 64;
    private static final int LEAST_PIXELS = 100;

    private final Frame chip;
    private final byte[] bgr;
    private final double[] points;
    private final FaceRegion region;
    private final int[] histogram = new int[LEVELS];
    private final int pixels;

    FaceLight(FaceLandmarks landmarks, Frame chip, Similarity toChip) {
        this.chip = chip;
        this.bgr = chip.toBgr();
        this.points = inChip(landmarks, toChip);
        this.region = FaceRegion.hull(points, chip.width(), chip.height());
        this.pixels = region.pixels();
        for (int y = 0; y < chip.height(); y++) {
            for (int x = region.from(y); x < region.to(y); x++) {
                histogram[Brightness.at(bgr, Frame.CHANNELS * (y * chip.width() + x))]++;
            }
        }
    }

    private static double[] inChip(FaceLandmarks landmarks, Similarity toChip) {
        double[] points = new double[2 * FaceLandmarks.COUNT];
        for (int i = 0; i < FaceLandmarks.COUNT; i++) {
            double x = landmarks.x(i);
            double y = landmarks.y(i);
            points[2 * i] = toChip.a() * x - toChip.b() * y + toChip.moveX();
            points[2 * i + 1] = toChip.b() * x + toChip.a() * y + toChip.moveY();
        }
        return points;
    }

    /** Whether the chip shows enough of the face to say anything of it. */
    boolean shows() {
        return pixels >= LEAST_PIXELS;
    }

    QualityResult luminanceMean() {
        double mean = mean();
        return Mapping.of(mean, 100 * Mapping.sigmoid(mean, 0.2, 0.05) * (1 - Mapping.sigmoid(mean, 0.8, 0.05)));
    }

    QualityResult luminanceVariance() {
        double mean = mean();
        double variance = 0;
        for (int level = 0; level < LEVELS; level++) {
            double away = level / 255.0 - mean;
            variance += histogram[level] * away * away / pixels;
        }
        return Mapping.of(variance, 100 * Math.sin(60 * variance / (60 * variance + 1) * Math.PI));
    }

    QualityResult underExposure() {
        double dark = share(0, DARK);
        return Mapping.of(dark, 120 * (0.832 - Mapping.sigmoid(dark, 0.92, 0.05)));
    }

    QualityResult overExposure() {
        double bright = share(BRIGHT, LEVELS - 1);
        return Mapping.of(bright, 1 / (bright + 0.01));
    }

    QualityResult dynamicRange() {
        double bits = 0;
        for (int count : histogram) {
            if (count > 0) {
                double part = (double) count / pixels;
                bits -= part * Math.log(part) / Math.log(2);
            }
        }
        return Mapping.of(bits, 12.5 * bits);
    }

    QualityResult illuminationUniformity() {
        int side = zoneSide();
        int[] left = zone(leftZone(), side);
        int[] right = zone(rightZone(), side);
        if (left.length == 0 || right.length == 0) {
            return new NotAssessed("the cheeks are not both in the picture");
        }
        double shared = 0;
        for (int step = 0; step < ZONE_STEPS; step++) {
            shared += Math.min(left[step], right[step]) / (double) (side * side);
        }
        return Mapping.of(shared, 100 * Math.pow(shared, 0.3));
    }

    QualityResult naturalColour() {
        int side = zoneSide();
        double[] sums = new double[Frame.CHANNELS];
        if (!addColours(leftZone(), side, sums) || !addColours(rightZone(), side, sums)) {
            return new NotAssessed("the cheeks are not both in the picture");
        }
        double all = 2.0 * side * side * 255;
        double[] ab = CieLab.ab(sums[2] / all, sums[1] / all, sums[0] / all);
        // Skin lies within a of 5 to 25 and b of 5 to 35; a cast of the opposite colour counts as far away.
        double raw = ab[0] >= 0 && ab[1] >= 0 ? Math.hypot(outside(ab[0], 5, 25), outside(ab[1], 5, 35)) : 100;
        return Mapping.of(raw, 200 * (1 - Mapping.sigmoid(raw, 0, 10)));
    }

    /**
     * Variance of the 4-neighbour Laplacian of the grey face (Pech-Pacheco et al., "Diatom autofocusing in brightfield
     * microscopy", ICPR 2000), on a scale of logarithms: the standard's random forest is not here.
     */
    QualityResult sharpness() {
        byte[] grey = chip.luminance();
        int width = chip.width();
        long sum = 0;
        long squares = 0;
        for (int y = 1; y < chip.height() - 1; y++) {
            for (int x = region.from(y); x < region.to(y) && x < width - 1; x++) {
                int at = y * width + x;
                int laplacian = 4 * (grey[at] & 0xFF)
                        - (grey[at - 1] & 0xFF)
                        - (grey[at + 1] & 0xFF)
                        - (grey[at - width] & 0xFF)
                        - (grey[at + width] & 0xFF);
                sum += laplacian;
                squares += (long) laplacian * laplacian;
            }
        }
        double mean = (double) sum / pixels;
        double variance = Math.max(0, (double) squares / pixels - mean * mean);
        return Mapping.of(variance, 100 * Math.log(Math.max(variance, 1e-6) / 4) / Math.log(1_000 / 4.0));
    }

    private double mean() {
        double sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            sum += level / 255.0 * histogram[level];
        }
        return sum / pixels;
    }

    private double share(int first, int last) {
        int sum = 0;
        for (int level = first; level <= last; level++) {
            sum += histogram[level];
        }
        return (double) sum / pixels;
    }

    private static double outside(double value, double low, double high) {
        return Math.max(0, Math.max(low - value, value - high));
    }

    /** The cheeks' zones are squares with a side of three tenths of the distance between the eyes. */
    private int zoneSide() {
        return (int) Math.max(
                1, Math.min(chip.width(), 0.3 * Math.hypot(eye(42, 0) - eye(36, 0), eye(42, 1) - eye(36, 1))));
    }

    /** Outwards from below the eye on the picture's left, half way to the mouth. */
    private double[] leftZone() {
        return new double[] {eye(36, 0) - zoneSide(), eye(36, 1) + toMouth() / 2};
    }

    private double[] rightZone() {
        return new double[] {eye(42, 0), eye(42, 1) + toMouth() / 2};
    }

    private double toMouth() {
        double mouth = (points[2 * 51 + 1] + points[2 * 57 + 1]) / 2;
        return Math.abs(mouth - (eye(36, 1) + eye(42, 1)) / 2);
    }

    /** The middle between the corners of the eye that begins with this landmark. */
    private double eye(int corner, int axis) {
        return (points[2 * corner + axis] + points[2 * (corner + 3) + axis]) / 2;
    }

    private boolean lies(double[] zone, int side) {
        return zone[0] >= 0 && zone[1] >= 0 && zone[0] + side <= chip.width() && zone[1] + side <= chip.height();
    }

    private int[] zone(double[] zone, int side) {
        if (!lies(zone, side)) {
            return new int[0];
        }
        int[] counts = new int[ZONE_STEPS];
        for (int y = (int) zone[1]; y < (int) zone[1] + side; y++) {
            for (int x = (int) zone[0]; x < (int) zone[0] + side; x++) {
                int level = Brightness.at(bgr, Frame.CHANNELS * (y * chip.width() + x));
                counts[level * ZONE_STEPS / LEVELS]++;
            }
        }
        return counts;
    }

    private boolean addColours(double[] zone, int side, double[] sums) {
        if (!lies(zone, side)) {
            return false;
        }
        for (int y = (int) zone[1]; y < (int) zone[1] + side; y++) {
            for (int x = (int) zone[0]; x < (int) zone[0] + side; x++) {
                for (int channel = 0; channel < Frame.CHANNELS; channel++) {
                    sums[channel] += bgr[Frame.CHANNELS * (y * chip.width() + x) + channel] & 0xFF;
                }
            }
        }
        return true;
    }
}
