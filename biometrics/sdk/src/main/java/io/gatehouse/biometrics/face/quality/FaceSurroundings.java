package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.core.frame.Frame;
import java.util.List;

/** The measures that look at the picture beside the face, or at its pixels as they came. Used by one thread. */
final class FaceSurroundings {
    // As large as the standard's background picture shows a face: 68 pixels between the eyes.
    private static final double EYES = 68;
    private static final double LEAST_BACKGROUND = 0.05;
    private static final int BLOCK = 8;
    private static final int MOST_PIXELS = 256;

    private final Picture picture;
    private final FaceBox box;
    private final List<FaceBox> others;
    private final FaceGeometry geometry;

    FaceSurroundings(FaceSample sample, FaceGeometry geometry) {
        this.picture = sample.picture();
        this.box = sample.box();
        this.others = sample.others();
        this.geometry = geometry;
    }

    /** The root of the next largest face's area over this one's. */
    QualityResult singleFace() {
        double next = others.stream().mapToDouble(FaceBox::area).max().orElse(0);
        double raw = Math.sqrt(Math.min(next, box.area()) / Math.max(next, box.area()));
        return Mapping.of(next > box.area() ? 1 : raw, next > box.area() ? 0 : 100 * (1 - raw));
    }

    /**
     * Mean Sobel gradient of the luminance beside and above the head. The standard finds the background with a network
     * that parses faces; here it is what lies above the chin's half height and outside an ellipse that a head with hair
     * fits into, so shoulders are not looked at and a wide hat counts as background.
     */
    QualityResult backgroundUniformity() {
        double eyes = geometry.eyes();
        int left = clamp(geometry.middleOfEyes(0) - 2.18 * eyes, picture.width());
        int right = clamp(geometry.middleOfEyes(0) + 2.18 * eyes, picture.width());
        int top = clamp(geometry.middleOfEyes(1) - 2.4 * eyes, picture.height());
        int bottom = clamp(geometry.middleOfEyes(1) + 0.4 * eyes, picture.height());
        int width = (int) Math.round((right - left) * EYES / Math.max(eyes, 1));
        int height = (int) Math.round((bottom - top) * EYES / Math.max(eyes, 1));
        if (width < 3 || height < 3) {
            return new NotAssessed("hardly any background is in the picture");
        }
        byte[] bgr = picture.stretched(left, top, right - left, bottom - top, width, height);
        double shrink = (double) width / (right - left);
        double middleX = (geometry.middleOfEyes(0) - left) * shrink;
        double middleY = (geometry.middleOfEyes(1) - top) * shrink;
        return gradient(bgr, width, height, middleX, middleY);
    }

    private static QualityResult gradient(byte[] bgr, int width, int height, double middleX, double middleY) {
        int[] luminance = new int[width * height];
        for (int i = 0; i < luminance.length; i++) {
            luminance[i] = Brightness.at(bgr, Frame.CHANNELS * i);
        }
        double sum = 0;
        int count = 0;
        for (int y = 1; y < height - 1; y++) {
            for (int x = 1; x < width - 1; x++) {
                double across = (x - middleX) / (1.6 * EYES);
                double up = (y - middleY) / (2.1 * EYES);
                if (across * across + up * up > 1) {
                    sum += sobel(luminance, y * width + x, width);
                    count++;
                }
            }
        }
        if (count < LEAST_BACKGROUND * 4.36 * EYES * 2.8 * EYES) {
            return new NotAssessed("hardly any background is in the picture");
        }
        double raw = sum / count;
        return Mapping.of(raw, 190 * (1 - Mapping.sigmoid(raw, 10, 100)));
    }

    private static double sobel(int[] values, int at, int width) {
        int above = at - width;
        int below = at + width;
        int across = values[above + 1]
                + 2 * values[at + 1]
                + values[below + 1]
                - values[above - 1]
                - 2 * values[at - 1]
                - values[below - 1];
        int down = values[below - 1]
                + 2 * values[below]
                + values[below + 1]
                - values[above - 1]
                - 2 * values[above]
                - values[above + 1];
        return Math.hypot(across, down);
    }

    /**
     * How much larger the steps of brightness are every eight pixels than between: the edges of JPEG's blocks (after Wang,
     * Bovik and Evans, "Blind measurement of blocking artifacts in images", ICIP 2000). The standard has a network for it.
     * Of the eight places where blocks may begin the strongest counts, so a cropped picture is judged as well; one that
     * was scaled after its compression is not.
     */
    QualityResult compression() {
        int width = Math.min(MOST_PIXELS, clamp(box.width(), picture.width()));
        int height = Math.min(MOST_PIXELS, clamp(box.height(), picture.height()));
        if (width < 4 * BLOCK || height < 4 * BLOCK) {
            return new NotAssessed("the face has too few pixels to see blocks in");
        }
        int left = clamp(box.centreX() - width / 2.0, picture.width() - width);
        int top = clamp(box.centreY() - height / 2.0, picture.height() - height);
        byte[] bgr = picture.stretched(left, top, width, height, width, height);
        double[] across = new double[BLOCK];
        double[] down = new double[BLOCK];
        for (int y = 1; y < height; y++) {
            for (int x = 1; x < width; x++) {
                int at = Frame.CHANNELS * (y * width + x) + 1;
                across[x % BLOCK] += Math.abs((bgr[at] & 0xFF) - (bgr[at - Frame.CHANNELS] & 0xFF));
                down[y % BLOCK] += Math.abs((bgr[at] & 0xFF) - (bgr[at - Frame.CHANNELS * width] & 0xFF));
            }
        }
        double raw = (excess(across) + excess(down)) / 2;
        return Mapping.of(raw, 100 * (1 - Mapping.sigmoid(raw, 1.7, 0.2)));
    }

    /** The largest over the mean of the others; 1 if all are alike. */
    private static double excess(double[] steps) {
        double sum = 0;
        double most = 0;
        for (double step : steps) {
            sum += step;
            most = Math.max(most, step);
        }
        return sum > most ? most * (steps.length - 1) / (sum - most) : 1;
    }

    private static int clamp(double value, int limit) {
        return (int) Math.round(Math.max(0, Math.min(limit, value)));
    }
}
