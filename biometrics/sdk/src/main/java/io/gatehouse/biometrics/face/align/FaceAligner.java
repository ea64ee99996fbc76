package io.gatehouse.biometrics.face.align;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.FivePoints;
import io.gatehouse.biometrics.model.EmbedderModel;
import io.gatehouse.biometrics.picture.Picture;
import io.gatehouse.biometrics.picture.Similarity;
import io.gatehouse.core.frame.Frame;

/**
 * Turns, scales and moves a face so that its landmarks come nearest to where the embedder was trained to see them: dlib's
 * mean face or ArcFace's five points, as the pack says. Immutable and thread-safe.
 */
public final class FaceAligner {
    private final int side;
    private final AlignmentTemplate template;

    private FaceAligner(int side, AlignmentTemplate template) {
        this.side = side;
        this.template = template;
    }

    /** An aligner for chips as this embedder wants them. */
    public static FaceAligner of(EmbedderModel model) {
        return new FaceAligner(model.input().width(), AlignmentTemplate.of(model));
    }

    /** The aligned face, a square frame with the time and source of the picture. */
    public Frame align(Frame frame, FaceLandmarks landmarks) {
        try (Picture picture = Picture.of(frame)) {
            return align(frame, picture, landmarks);
        }
    }

    /**
     * The face aligned by five points, for those who find them in a way of their own.
     *
     * @throws IllegalArgumentException if the pack aligns by other points
     */
    public Frame align(Frame frame, FivePoints points) {
        try (Picture picture = Picture.of(frame)) {
            return align(frame, picture, Similarity.fit(template.pointsOf(points), template.targets()));
        }
    }

    /** As {@link #align(Frame, FaceLandmarks)}, of a picture that other stages use too. */
    public Frame align(Frame frame, Picture picture, FaceLandmarks landmarks) {
        return align(frame, picture, similarity(landmarks));
    }

    private Frame align(Frame frame, Picture picture, Similarity similarity) {
        byte[] chip = picture.warped(similarity, side);
        return Frame.ofBgr(side, side, chip, frame.capturedAt(), frame.source());
    }

    /** What takes the picture's pixels to the chip's. */
    public Similarity similarity(FaceLandmarks landmarks) {
        return Similarity.fit(template.pointsOf(landmarks), template.targets());
    }

    /** The template's targets in the chip, x and y interleaved. */
    double[] template() {
        return template.targets();
    }
}
