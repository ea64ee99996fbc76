package io.gatehouse.biometrics.picture;

import io.gatehouse.biometrics.model.CropRule;

/**
 * A rectangle in whole pixels of a picture; it may reach over the edge. It may be turned about its middle; x and y are
 * of the corner before that. Immutable and thread-safe.
 *
 * @param turnDegrees clockwise
 */
public record Crop(int x, int y, int width, int height, double turnDegrees) {
    public Crop {
        if (width < 1 || height < 1 || !Double.isFinite(turnDegrees)) {
            throw new IllegalArgumentException(
                    "a crop has at least 1×1 pixels, not " + width + "×" + height + " turned by " + turnDegrees);
        }
    }

    /** An upright crop. */
    public Crop(int x, int y, int width, int height) {
        this(x, y, width, height, 0);
    }

    /** A rectangle of about that size about a centre, turned about it. */
    public static Crop about(double centreX, double centreY, double width, double height, double turnDegrees) {
        int across = (int) Math.max(1, Math.round(width));
        int down = (int) Math.max(1, Math.round(height));
        return new Crop(
                (int) Math.round(centreX - across / 2.0),
                (int) Math.round(centreY - down / 2.0),
                across,
                down,
                turnDegrees);
    }

    /**
     * The rectangle that the rule puts around the box in a picture of that size. If it is upright it shares at least a
     * pixel with the picture.
     */
    public static Crop around(
            double centreX,
            double centreY,
            double boxWidth,
            double boxHeight,
            double turnDegrees,
            CropRule rule,
            int pictureWidth,
            int pictureHeight) {
        double across = rule.shape() == CropRule.Shape.BOX
                ? boxWidth
                : rule.shape() == CropRule.Shape.SQUARE_OF_HEIGHT ? boxHeight : Math.max(boxWidth, boxHeight);
        double down = rule.shape() == CropRule.Shape.BOX ? boxHeight : across;
        if (turnDegrees != 0) {
            return turned(centreX, centreY, across, down, turnDegrees, rule, pictureWidth, pictureHeight);
        }
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

    /** The same with the upright rectangle around the turned one in the place of the crop. */
    private static Crop turned(
            double centreX,
            double centreY,
            double across,
            double down,
            double turnDegrees,
            CropRule rule,
            int pictureWidth,
            int pictureHeight) {
        double cosine = Math.abs(Math.cos(Math.toRadians(turnDegrees)));
        double sine = Math.abs(Math.sin(Math.toRadians(turnDegrees)));
        double outerWidth = across * cosine + down * sine;
        double outerHeight = across * sine + down * cosine;
        double scale = rule.scale();
        double x = centreX;
        double y = centreY;
        if (rule.edge() == CropRule.Edge.SHIFT) {
            scale = Math.min(scale, Math.min(pictureWidth / outerWidth, pictureHeight / outerHeight));
            double halfWidth = outerWidth * scale / 2;
            double halfHeight = outerHeight * scale / 2;
            x = Math.max(halfWidth, Math.min(pictureWidth - halfWidth, x));
            y = Math.max(halfHeight, Math.min(pictureHeight - halfHeight, y));
        }
        return about(x, y, across * scale, down * scale, turnDegrees);
    }

    /** Where a point of the crop, in parts of its sides, is in the picture: x and y. */
    public double[] pictured(double across, double down) {
        if (turnDegrees == 0) {
            return new double[] {x + across * width, y + down * height};
        }
        double fromCentreX = (across - 0.5) * width;
        double fromCentreY = (down - 0.5) * height;
        double cosine = Math.cos(Math.toRadians(turnDegrees));
        double sine = Math.sin(Math.toRadians(turnDegrees));
        return new double[] {
            x + width / 2.0 + cosine * fromCentreX - sine * fromCentreY,
            y + height / 2.0 + sine * fromCentreX + cosine * fromCentreY
        };
    }

    private static int clamp(int value, int low, int high) {
        return Math.max(low, Math.min(high, value));
    }
}
