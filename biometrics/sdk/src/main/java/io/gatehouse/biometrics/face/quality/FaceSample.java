package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.detect.FaceBox;
import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;
import java.util.List;
import java.util.Objects;

/**
 * A face whose quality is asked for, with all that the stages before found. Usable as long as its picture is open;
 * otherwise immutable and thread-safe.
 *
 * @param picture   the whole picture
 * @param box       where the face is in it
 * @param others    where other faces are
 * @param landmarks its 68 points, in pixels of the picture
 * @param chip      the aligned face
 * @param toChip    what takes the picture's pixels to the chip's
 */
public record FaceSample(
        Picture picture, FaceBox box, List<FaceBox> others, FaceLandmarks landmarks, Frame chip, Similarity toChip) {
    public FaceSample {
        Objects.requireNonNull(picture, "picture");
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(landmarks, "landmarks");
        Objects.requireNonNull(chip, "chip");
        Objects.requireNonNull(toChip, "toChip");
        others = List.copyOf(others);
    }

    /**
     * The same face where the picture is turned back by the box's quarter turn, so that left, above and the roll are those of
     * the person and not of a camera that lies on its side.
     *
     * @param upright {@link Picture#turnedBack} by {@link FaceBox#quarterTurn()}
     */
    FaceSample turnedBack(Picture upright) {
        int quarter = box.quarterTurn();
        double across = upright.width();
        double down = upright.height();
        Similarity toPicture = switch (quarter) {
            case 90 -> new Similarity(0, 1, down, 0);
            case 180 -> new Similarity(-1, 0, across, down);
            case 270 -> new Similarity(0, -1, 0, across);
            default -> throw new IllegalStateException("a face that is turned by " + quarter + "° is upright");
        };
        return new FaceSample(
                upright,
                turnedBack(box, toPicture, quarter),
                others.stream()
                        .map(other -> turnedBack(other, toPicture, quarter))
                        .toList(),
                turnedBack(landmarks, toPicture),
                chip,
                toChip.after(toPicture));
    }

    private static FaceBox turnedBack(FaceBox box, Similarity toPicture, int quarter) {
        double[] centre = toPicture.inverse(box.centreX(), box.centreY());
        double turn = Math.IEEEremainder(box.turnDegrees() - quarter, 360);
        return new FaceBox(
                centre[0] - box.width() / 2,
                centre[1] - box.height() / 2,
                box.width(),
                box.height(),
                box.score(),
                turn);
    }

    private static FaceLandmarks turnedBack(FaceLandmarks landmarks, Similarity toPicture) {
        float[] points = landmarks.points();
        for (int i = 0; i < points.length; i += 2) {
            double[] at = toPicture.inverse(points[i], points[i + 1]);
            points[i] = (float) at[0];
            points[i + 1] = (float) at[1];
        }
        return new FaceLandmarks(points);
    }
}
