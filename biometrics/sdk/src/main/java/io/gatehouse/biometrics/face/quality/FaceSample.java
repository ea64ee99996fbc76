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
}
