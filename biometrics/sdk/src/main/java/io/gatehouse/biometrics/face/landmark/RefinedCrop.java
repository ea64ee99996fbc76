package io.gatehouse.biometrics.face.landmark;

import io.gatehouse.biometrics.model.LandmarkModel.Refinement;
import io.gatehouse.biometrics.picture.Similarity;

/**
 * A square of the picture laid by landmarks found before, turned so that the eyes lie level. The landmarks are fitted to
 * the mean face as a whole, so that no single wrong one moves it much.
 *
 * @param centreX of the picture, in pixels
 * @param centreY of the picture, in pixels
 * @param side    in pixels of the picture
 * @param radians how far it is turned, clockwise
 */
record RefinedCrop(double centreX, double centreY, double side, double radians) {
    private static final double MIN_SIDE = 4;

    static RefinedCrop of(FaceLandmarks landmarks, Refinement rule) {
        Similarity face = Similarity.fit(MeanFace.points(), MeanFace.pointsOf(landmarks));
        return new RefinedCrop(
                face.a() * rule.centreX() - face.b() * rule.centreY() + face.moveX(),
                face.b() * rule.centreX() + face.a() * rule.centreY() + face.moveY(),
                rule.side() * face.scale(),
                Math.atan2(face.b(), face.a()));
    }

    /** Landmarks in one spot, or far outside the picture, say nothing about where to look. */
    boolean isUsable(int pictureWidth, int pictureHeight) {
        return side >= MIN_SIDE
                && side <= 4.0 * Math.max(pictureWidth, pictureHeight)
                && centreX > -side / 2
                && centreY > -side / 2
                && centreX < pictureWidth + side / 2
                && centreY < pictureHeight + side / 2;
    }

    /** What takes the middles of the picture's pixels to those of a square of {@code pixels}. */
    Similarity toPixels(int pixels) {
        double a = Math.cos(radians) * pixels / side;
        double b = -Math.sin(radians) * pixels / side;
        double x = centreX - 0.5;
        double y = centreY - 0.5;
        double middle = (pixels - 1) / 2.0;
        return new Similarity(a, b, middle - a * x + b * y, middle - b * x - a * y);
    }

    /** Where a point in parts of the square lies in the picture: x and y. */
    double[] pictured(double across, double down) {
        double cosine = Math.cos(radians) * side;
        double sine = Math.sin(radians) * side;
        return new double[] {
            centreX + cosine * (across - 0.5) - sine * (down - 0.5),
            centreY + sine * (across - 0.5) + cosine * (down - 0.5)
        };
    }
}
