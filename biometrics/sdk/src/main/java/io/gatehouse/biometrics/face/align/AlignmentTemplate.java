package io.gatehouse.biometrics.face.align;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.FivePoints;
import io.gatehouse.biometrics.face.landmark.MeanFace;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.model.EmbedderModel.Alignment;

/** Where points of a face belong in a chip, and which points those are. */
final class AlignmentTemplate {
    // ArcFace's five points in a chip of 112 pixels (InsightFace's face alignment).
    private static final double ARCFACE_SIDE = 112;
    private static final double[] ARCFACE = {
        38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041
    };

    private final Alignment kind;
    private final double[] targets;

    private AlignmentTemplate(Alignment kind, double[] targets) {
        this.kind = kind;
        this.targets = targets;
    }

    static AlignmentTemplate of(EmbedderModel model) {
        int side = model.input().width();
        return model.alignment() == Alignment.ARCFACE_5
                ? new AlignmentTemplate(Alignment.ARCFACE_5, arcface(side))
                : new AlignmentTemplate(model.alignment(), meanFace(side, model.padding()));
    }

    private static double[] arcface(int side) {
        double[] targets = ARCFACE.clone();
        for (int i = 0; i < targets.length; i++) {
            // Pixels' edges are scaled, not their middles.
            targets[i] = (targets[i] + 0.5) * side / ARCFACE_SIDE - 0.5;
        }
        return targets;
    }

    private static double[] meanFace(int side, double padding) {
        double[] targets = MeanFace.points();
        for (int i = 0; i < targets.length; i++) {
            targets[i] = side * (padding + targets[i]) / (1 + 2 * padding);
        }
        return targets;
    }

    /** x and y interleaved, in pixels of the chip. */
    double[] targets() {
        return targets.clone();
    }

    /** The points of a face that belong there. */
    double[] pointsOf(FaceLandmarks landmarks) {
        return kind == Alignment.ARCFACE_5 ? pointsOf(FivePoints.of(landmarks)) : MeanFace.pointsOf(landmarks);
    }

    double[] pointsOf(FivePoints five) {
        if (kind != Alignment.ARCFACE_5) {
            throw new IllegalArgumentException(
                    "this pack aligns faces by " + kind + ", which takes the 68 landmarks, not five points");
        }
        double[] points = new double[targets.length];
        float[] given = five.points();
        for (int i = 0; i < points.length; i++) {
            points[i] = given[i];
        }
        return points;
    }
}
