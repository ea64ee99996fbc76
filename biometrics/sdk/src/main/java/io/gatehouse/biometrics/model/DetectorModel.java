package io.gatehouse.biometrics.model;

import java.util.List;
import java.util.Objects;

/**
 * A network that finds faces in a whole picture. Immutable and thread-safe.
 *
 * @param file             the network
 * @param input            what it wants
 * @param fit              how a picture is brought to its input
 * @param decoder          what its output means
 * @param levels           the outputs of each stride, for decoders that have them; empty for {@link Decoder#RFB}
 * @param scoreThreshold   a face scores at least this
 * @param overlapThreshold of two boxes with a larger intersection over union the weaker goes
 */
public record DetectorModel(
        ModelFile file,
        TensorInput input,
        Fit fit,
        Decoder decoder,
        List<Level> levels,
        double scoreThreshold,
        double overlapThreshold) {
    /** How a picture is brought to the input. */
    public enum Fit {
        /** Its aspect is changed. */
        STRETCH,
        /** Its aspect is kept; it lies in the upper left corner, and the rest is black. */
        LETTERBOX
    }

    /** What the outputs mean. */
    public enum Decoder {
        /** {@code scores}: background and face an anchor; {@code boxes}: x1, y1, x2, y2 in parts of the input. */
        RFB,
        /**
         * One anchor a cell of each level. Score √(class · objectness); the box's middle lies (dx, dy) strides from the
         * cell's upper left corner, its sides are e^w and e^h strides (OpenCV's FaceDetectorYN).
         */
        YUNET,
        /**
         * Several anchors a cell of each level. The box's sides lie left, up, right, down so many strides from the cell's
         * upper left corner (Guo et al., "Sample and Computation Redistribution for Efficient Face Detection", 2021).
         */
        SCRFD
    }

    /**
     * The outputs of one stride.
     *
     * @param stride     how many pixels of the input a cell is
     * @param scores     name of the scores' tensor, a number an anchor, 0 to 1
     * @param objectness name of the second scores' tensor of {@link Decoder#YUNET}; empty otherwise
     * @param boxes      name of the boxes' tensor, four numbers an anchor
     */
    public record Level(int stride, String scores, String objectness, String boxes) {
        public Level {
            Objects.requireNonNull(scores, "scores");
            Objects.requireNonNull(objectness, "objectness");
            Objects.requireNonNull(boxes, "boxes");
            if (stride < 1 || stride > 256) {
                throw new IllegalArgumentException("a detector's stride is 1 to 256 pixels, not " + stride);
            }
        }
    }

    public DetectorModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(fit, "fit");
        levels = List.copyOf(levels);
        if (!(scoreThreshold > 0 && scoreThreshold < 1) || !(overlapThreshold > 0 && overlapThreshold < 1)) {
            throw new IllegalArgumentException(
                    "a detector's thresholds lie between 0 and 1, not " + scoreThreshold + " and " + overlapThreshold);
        }
        if ((decoder == Decoder.RFB) != levels.isEmpty()) {
            throw new IllegalArgumentException("the decoder " + decoder + " does not go with " + levels.size()
                    + " outputs that name a stride: YUNET and SCRFD have some, RFB none");
        }
        for (Level level : levels) {
            if (input.width() % level.stride != 0 || input.height() % level.stride != 0) {
                throw new IllegalArgumentException("an input of " + input.width() + "×" + input.height()
                        + " cannot be divided into cells of " + level.stride + " pixels");
            }
            if ((decoder == Decoder.YUNET) == level.objectness.isEmpty()) {
                throw new IllegalArgumentException("YUNET, and no other decoder, has objectness beside scores; stride "
                        + level.stride + " of " + decoder + " has '" + level.objectness + "'");
            }
        }
    }
}
