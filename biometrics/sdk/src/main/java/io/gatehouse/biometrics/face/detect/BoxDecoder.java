package io.gatehouse.biometrics.face.detect;

import io.gatehouse.biometrics.model.DetectorModel;
import io.gatehouse.biometrics.model.DetectorModel.Decoder;
import io.gatehouse.biometrics.model.DetectorModel.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a detector's outputs mean: boxes in parts of its input. The ways are described at {@link Decoder}. Immutable and
 * thread-safe.
 */
final class BoxDecoder {
    private final DetectorModel model;

    BoxDecoder(DetectorModel model) {
        this.model = model;
    }

    /** A candidate, in parts of the input. */
    record RawBox(double left, double top, double right, double bottom, double score) {}

    /** Gives an output by its name, checked for its length and for numbers. */
    @FunctionalInterface
    interface Outputs {
        float[] get(String name, int length);
    }

    /** The candidates that score enough. */
    List<RawBox> decode(Map<String, float[]> raw, Outputs checked) {
        List<RawBox> into = new ArrayList<>();
        if (model.decoder() == Decoder.RFB) {
            rfb(raw, checked, into);
        }
        for (Level level : model.levels()) {
            if (model.decoder() == Decoder.YUNET) {
                yunet(level, checked, into);
            } else {
                scrfd(level, raw, checked, into);
            }
        }
        return into;
    }

    private void rfb(Map<String, float[]> raw, Outputs checked, List<RawBox> into) {
        float[] scores = checked.get("scores", atLeast(raw, "scores", 2));
        float[] corners = checked.get("boxes", scores.length * 2);
        for (int i = 0; i < scores.length / 2; i++) {
            add(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3], scores[2 * i + 1], into);
        }
    }

    private void yunet(Level level, Outputs checked, List<RawBox> into) {
        int columns = model.input().width() / level.stride();
        int cells = columns * (model.input().height() / level.stride());
        float[] scores = checked.get(level.scores(), cells);
        float[] objectness = checked.get(level.objectness(), cells);
        float[] boxes = checked.get(level.boxes(), 4 * cells);
        for (int cell = 0; cell < cells; cell++) {
            double score = Math.sqrt(part(scores[cell]) * part(objectness[cell]));
            double x = cell % columns + (double) boxes[4 * cell];
            int row = cell / columns;
            double y = row + (double) boxes[4 * cell + 1];
            double halfWidth = Math.exp(boxes[4 * cell + 2]) / 2;
            double halfHeight = Math.exp(boxes[4 * cell + 3]) / 2;
            add(level, x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight, score, into);
        }
    }

    private void scrfd(Level level, Map<String, float[]> raw, Outputs checked, List<RawBox> into) {
        int columns = model.input().width() / level.stride();
        int cells = columns * (model.input().height() / level.stride());
        int anchors = Math.max(1, atLeast(raw, level.scores(), cells) / cells);
        float[] scores = checked.get(level.scores(), cells * anchors);
        float[] sides = checked.get(level.boxes(), 4 * cells * anchors);
        for (int i = 0; i < scores.length; i++) {
            int cell = i / anchors;
            int x = cell % columns;
            int y = cell / columns;
            add(
                    level,
                    x - sides[4 * i],
                    y - sides[4 * i + 1],
                    x + sides[4 * i + 2],
                    y + sides[4 * i + 3],
                    scores[i],
                    into);
        }
    }

    /** A box measured in strides. */
    private void add(
            Level level, double left, double top, double right, double bottom, double score, List<RawBox> into) {
        double across = (double) level.stride() / model.input().width();
        double down = (double) level.stride() / model.input().height();
        add(left * across, top * down, right * across, bottom * down, score, into);
    }

    private void add(double left, double top, double right, double bottom, double score, List<RawBox> into) {
        boolean isBox = right > left && bottom > top && Double.isFinite(left + top + right + bottom);
        if (score >= model.scoreThreshold() && isBox) {
            into.add(new RawBox(left, top, right, bottom, Math.min(1, score)));
        }
    }

    private static int atLeast(Map<String, float[]> raw, String name, int length) {
        float[] values = raw.get(name);
        return values == null ? length : Math.max(length, values.length);
    }

    private static double part(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
