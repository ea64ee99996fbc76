package io.gatehouse.biometrics.model;

import java.util.Objects;

/**
 * A network that turns an aligned face into a vector, and what distances between its vectors mean. Immutable and
 * thread-safe.
 *
 * @param file              the network
 * @param input             what it wants
 * @param alignment         the template that faces are aligned to
 * @param padding           the margin around dlib's template, in parts of its size; 0 for others
 * @param dimension         the vector's length
 * @param distance          how vectors are compared
 * @param averageWithMirror whether a template is the mean of the chip's and the mirrored chip's vector
 * @param calibration       distance to false match rate
 */
public record EmbedderModel(
        ModelFile file,
        TensorInput input,
        Alignment alignment,
        double padding,
        int dimension,
        Distance distance,
        boolean averageWithMirror,
        Calibration calibration) {
    private static final int MAX_DIMENSION = 4_096;

    /** How a face is laid out before it is embedded. */
    public enum Alignment {
        /** Least-squares similarity of the landmarks 27…54 and 60…64 to dlib's mean face. */
        DLIB_MEAN_FACE_36,
        /** Least-squares similarity of eyes, nose tip and corners of the mouth to ArcFace's five points. */
        ARCFACE_5
    }

    public EmbedderModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(alignment, "alignment");
        Objects.requireNonNull(distance, "distance");
        Objects.requireNonNull(calibration, "calibration");
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException("an embedding has 1 to " + MAX_DIMENSION + " numbers, not " + dimension);
        }
        if (input.width() != input.height()) {
            throw new IllegalArgumentException(
                    "an embedder looks at a square, not " + input.width() + "×" + input.height());
        }
        if (!(padding >= 0 && padding <= 4)) {
            throw new IllegalArgumentException("the padding of an alignment is 0 to 4, not " + padding);
        }
    }

    /** The same network with other meanings of its distances. */
    public EmbedderModel withCalibration(Calibration other) {
        return new EmbedderModel(file, input, alignment, padding, dimension, distance, averageWithMirror, other);
    }
}
