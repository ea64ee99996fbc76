package io.gatehouse.biometrics.picture;

import io.gatehouse.biometrics.model.CropRule;

/**
 * A rectangle in whole pixels of a picture; it may reach over the edge, but shares at least a pixel with the picture.
 * Immutable and thread-safe.
 */
public record Crop(int x, int y, int width, int height) {

    /** The rectangle that the rule puts around the box in a picture of that size. */
    public static Crop around(
            double centreX,
            double centreY,
            double boxWidth,
            double boxHeight,
            CropRule rule,
            int pictureWidth,
            int pictureHeight) {
        double across = rule.shape() == CropRule.Shape.BOX
                ? boxWidth
                : rule.shape() == CropRule.Shape.SQUARE_OF_HEIGHT ? boxHeight : Math.max(boxWidth, boxHeight);
        double down = rule.shape() == CropRule.Shape.BOX ? boxHeight : across;
        double scale = rule.scale();
        if (rule.edge() == CropRule.Edge.SHIFT) {
            scale = Math.min(scale, Math.min(pictureWidth / across, pictureHeight / down));
        }
        int width = (int) Math.max(1, Math.round(across * scale));
        int height = (int) Math.max(1, Math.round(down * scale));
        int x = (int) Math.round(centreX - width / 2.0);
        int y = (int) Math.round(centreY - height / 2.0);
        if (rule.edge() == CropRule.Edge.SHIFT) {
            return new Crop(clamp(x, 0, pictureWidth - width), clamp(y, 0, pictureHeight - height), width, height);
        }
        return new Crop(clamp(x, 1 - width, pictureWidth - 1), clamp(y, 1 - height, pictureHeight - 1), width, height);
    }

    private static int clamp(int value, int low, int high) {
        return Math.max(low, Math.min(high, value));
    }
}
