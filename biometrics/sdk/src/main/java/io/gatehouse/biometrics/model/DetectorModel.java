package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * A network that finds faces in a whole picture, stretched to its input. Its output {@code scores} holds [background,
 * face] an anchor and {@code boxes} x1, y1, x2, y2 in parts of the picture. Immutable and thread-safe.
 *
 * @param file             the network
 * @param input            what it wants
 * @param scoreThreshold   a face scores at least this
 * @param overlapThreshold of two boxes with a larger intersection over union the weaker goes
 */
public record DetectorModel(ModelFile file, TensorInput input, double scoreThreshold, double overlapThreshold) {
    public DetectorModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        if (!(scoreThreshold > 0 && scoreThreshold < 1) || !(overlapThreshold > 0 && overlapThreshold < 1)) {
            throw new IllegalArgumentException(
                    "a detector's thresholds lie between 0 and 1, not " + scoreThreshold + " and " + overlapThreshold);
        }
    }
}
