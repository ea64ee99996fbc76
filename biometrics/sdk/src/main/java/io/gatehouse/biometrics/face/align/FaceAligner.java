package io.gatehouse.biometrics.face.align;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;

/**
 * Turns, scales and moves a face so that its landmarks come nearest to a mean face: what the embedder was trained on.
 * The template is dlib's mean face (average landmark positions, {@code image_transforms/interpolation.h}, Boost Software
 * License 1.0) without jaw, eyebrows and lower lip, which move most. Immutable and thread-safe.
 */
public final class FaceAligner {
    // Mean positions of the landmarks 27…54 and 60…64, in parts of the face's square.
    private static final double[] MEAN_X = {
        0.490127, 0.490127, 0.490127, 0.490127, 0.36688, 0.426036, 0.490127, 0.554217, 0.613373, 0.121737, 0.187122,
        0.265825, 0.334606, 0.260918, 0.182743, 0.645647, 0.714428, 0.793132, 0.858516, 0.79751, 0.719335, 0.254149,
        0.340985, 0.428858, 0.490127, 0.551395, 0.639268, 0.726104, 0.290379, 0.428096, 0.490127, 0.552157, 0.689874
    };
    private static final double[] MEAN_Y = {
        0.203352, 0.307009, 0.409805, 0.515625, 0.587326, 0.609345, 0.628106, 0.609345, 0.587326, 0.216423, 0.178758,
        0.179852, 0.231733, 0.245099, 0.244077, 0.231733, 0.179852, 0.178758, 0.216423, 0.244077, 0.245099, 0.780233,
        0.745405, 0.727388, 0.742578, 0.727388, 0.745405, 0.780233, 0.784792, 0.778746, 0.785343, 0.778746, 0.784792
    };

    private final int side;
    private final double[] template;

    private FaceAligner(int side, double padding) {
        this.side = side;
        this.template = new double[2 * MEAN_X.length];
        for (int i = 0; i < MEAN_X.length; i++) {
            template[2 * i] = side * (padding + MEAN_X[i]) / (1 + 2 * padding);
            template[2 * i + 1] = side * (padding + MEAN_Y[i]) / (1 + 2 * padding);
        }
    }

    /** An aligner for chips as this embedder wants them. */
    public static FaceAligner of(EmbedderModel model) {
        return new FaceAligner(model.input().width(), model.padding());
    }

    /** The aligned face, a square frame with the time and source of the picture. */
    public Frame align(Frame frame, FaceLandmarks landmarks) {
        try (Picture picture = Picture.of(frame)) {
            return align(frame, picture, landmarks);
        }
    }

    /** As {@link #align(Frame, FaceLandmarks)}, of a picture that other stages use too. */
    public Frame align(Frame frame, Picture picture, FaceLandmarks landmarks) {
        byte[] chip = picture.warped(similarity(landmarks), side);
        return Frame.ofBgr(side, side, chip, frame.capturedAt(), frame.source());
    }

    Similarity similarity(FaceLandmarks landmarks) {
        double[] points = new double[template.length];
        for (int i = 0; i < MEAN_X.length; i++) {
            points[2 * i] = landmarks.x(landmark(i));
            points[2 * i + 1] = landmarks.y(landmark(i));
        }
        return Similarity.fit(points, template);
    }

    /** The template's targets in the chip, x and y interleaved. */
    double[] template() {
        return template.clone();
    }

    /** Which landmark the template's point is: 27…54, then 60…64. */
    static int landmark(int templatePoint) {
        return templatePoint < 28 ? 27 + templatePoint : 32 + templatePoint;
    }
}
