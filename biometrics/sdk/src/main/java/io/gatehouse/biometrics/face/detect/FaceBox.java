package io.gatehouse.biometrics.face.detect;

import io.gatehouse.biometrics.model.CropRule;
import io.gatehouse.biometrics.picture.Crop;

/**
 * Where a face is in a picture, in pixels from its upper left corner; it may reach over the picture's edge. A face that
 * the detector found in a turned picture has the turn with it: its box is measured along the face, and turned about its
 * middle it lies on the face. Immutable and thread-safe.
 *
 * @param x           left edge
 * @param y           upper edge
 * @param width       above 0
 * @param height      above 0
 * @param score       the detector's confidence, 0 to 1
 * @param turnDegrees how far the picture was turned when it was found, clockwise, -180 to 360; 0 is upright
 */
public record FaceBox(double x, double y, double width, double height, double score, double turnDegrees) {
    public FaceBox {
        if (!(turnDegrees >= -180 && turnDegrees <= 360)) {
            throw new IllegalArgumentException("a face is turned by -180 to 360 degrees, not " + turnDegrees);
        }
        if (!(width > 0 && height > 0) || !Double.isFinite(x + y + width + height)) {
            throw new IllegalArgumentException(
                    "a face box is finite with sides above 0, not " + x + ", " + y + ", " + width + "×" + height);
        }
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("a face's score is 0 to 1, not " + score);
        }
    }

    /** A box of an upright face. */
    public FaceBox(double x, double y, double width, double height, double score) {
        this(x, y, width, height, score, 0);
    }

    /** The same box with another turn. */
    public FaceBox turned(double degrees) {
        return new FaceBox(x, y, width, height, score, degrees);
    }

    /** The quarter turn that is nearest to how the face lies: 0, 90, 180 or 270 degrees, clockwise. */
    public int quarterTurn() {
        return Math.floorMod(90 * (int) Math.round(turnDegrees / 90), 360);
    }

    /** The box in a picture of this box in a crop of it. */
    FaceBox within(Crop crop) {
        double[] centre = crop.pictured(centreX() / crop.width(), centreY() / crop.height());
        return new FaceBox(centre[0] - width / 2, centre[1] - height / 2, width, height, score, crop.turnDegrees());
    }

    public double centreX() {
        return x + width / 2;
    }

    public double centreY() {
        return y + height / 2;
    }

    public double area() {
        return width * height;
    }

    /** The part of a picture that a rule puts around this box. */
    public Crop crop(CropRule rule, int pictureWidth, int pictureHeight) {
        return Crop.around(centreX(), centreY(), width, height, turnDegrees, rule, pictureWidth, pictureHeight);
    }

    /** The area that this and the other share, in square pixels, as if neither were turned. */
    public double overlap(FaceBox other) {
        double across = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        double down = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        return across > 0 && down > 0 ? across * down : 0;
    }
}
