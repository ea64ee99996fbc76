package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.HeadPose;
import io.gatehouse.core.frame.Frame;

/**
 * Measures the quality of a face from its landmarks and its aligned chip. Brightness is looked at in the middle of the
 * chip, where the face is, not hair and background. Stateless and thread-safe.
 */
public final class FaceQualityAssessor {
    // Dynamic range, exposure and head pose follow the ideas of ISO/IEC 29794-5 clause 7: entropy times 12.5, the share
    // of
    // pixels in the lowest and highest tenth of the range, squared cosines. Sharpness has no closed form there.
    private static final int DARK = 25;
    private static final int BRIGHT = 247;
    private static final double LEAST_EYES = 10;
    private static final double BEST_EYES = 90;
    private static final double LEAST_LAPLACIAN = 4;
    private static final double BEST_LAPLACIAN = 1_000;

    private FaceQualityAssessor() {}

    public static FaceQualityAssessor create() {
        return new FaceQualityAssessor();
    }

    /** Quality of the face with these landmarks, of which {@code chip} is the aligned face. */
    public FaceQuality assess(FaceLandmarks landmarks, Frame chip) {
        byte[] brightness = chip.luminance();
        Histogram histogram = Histogram.ofMiddle(brightness, chip.width(), chip.height());
        double eyes = landmarks.interEyePixels();
        int interEye = percent((eyes - LEAST_EYES) / (BEST_EYES - LEAST_EYES));
        int sharpness = percent(Math.log(laplacianVariance(brightness, chip.width(), chip.height()) / LEAST_LAPLACIAN)
                / Math.log(BEST_LAPLACIAN / LEAST_LAPLACIAN));
        int under = percent(1 - histogram.share(0, DARK));
        int over = percent(1 - histogram.share(BRIGHT, 255));
        int range = percent(histogram.entropyBits() / 8);
        // Landmarks of no head at all count as turned away: no template is made of them.
        double yaw = landmarks.headPose().map(HeadPose::yawDegrees).orElse(180.0);
        double roll = landmarks.headPose().map(HeadPose::rollDegrees).orElse(180.0);
        int pose = percent(squaredCosine(yaw) * squaredCosine(roll));
        return new FaceQuality(
                eyes,
                interEye,
                sharpness,
                under,
                over,
                range,
                yaw,
                roll,
                pose,
                geometricMean(interEye, sharpness, under, over, range, pose));
    }

    private static double squaredCosine(double degrees) {
        double cosine = Math.max(0, Math.cos(Math.toRadians(degrees)));
        return cosine * cosine;
    }

    /** Variance of the 4-neighbour Laplacian over the middle of the chip (Pech-Pacheco et al., 2000). */
    private static double laplacianVariance(byte[] brightness, int width, int height) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = height / 4; y < height * 3 / 4; y++) {
            for (int x = width / 4; x < width * 3 / 4; x++) {
                int at = y * width + x;
                int laplacian = 4 * (brightness[at] & 0xFF)
                        - (brightness[at - 1] & 0xFF)
                        - (brightness[at + 1] & 0xFF)
                        - (brightness[at - width] & 0xFF)
                        - (brightness[at + width] & 0xFF);
                sum += laplacian;
                squares += (double) laplacian * laplacian;
                count++;
            }
        }
        double mean = sum / count;
        return Math.max(squares / count - mean * mean, 1e-6);
    }

    private static int geometricMean(int... components) {
        double logs = 0;
        for (int component : components) {
            logs += Math.log(Math.max(component, 1));
        }
        return percent(Math.exp(logs / components.length) / 100);
    }

    private static int percent(double part) {
        return (int) Math.round(100 * Math.max(0, Math.min(1, part)));
    }

    /** How often each brightness occurs in the middle half of a chip, each way. */
    private record Histogram(int[] counts, int total) {
        static Histogram ofMiddle(byte[] brightness, int width, int height) {
            int[] counts = new int[256];
            int total = 0;
            for (int y = height / 4; y < height * 3 / 4; y++) {
                for (int x = width / 4; x < width * 3 / 4; x++) {
                    counts[brightness[y * width + x] & 0xFF]++;
                    total++;
                }
            }
            return new Histogram(counts, total);
        }

        double share(int from, int to) {
            int sum = 0;
            for (int value = from; value <= to; value++) {
                sum += counts[value];
            }
            return (double) sum / total;
        }

        double entropyBits() {
            double entropy = 0;
            for (int count : counts) {
                if (count > 0) {
                    double part = (double) count / total;
                    entropy -= part * Math.log(part) / Math.log(2);
                }
            }
            return entropy;
        }
    }
}
