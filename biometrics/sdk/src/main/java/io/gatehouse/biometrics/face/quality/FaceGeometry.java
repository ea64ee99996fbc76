package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.landmark.FaceLandmarks;
import io.gatehouse.biometrics.face.landmark.HeadPose;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The measures that landmarks alone tell. Eye centres are the middles between the corners of the eyes, T is the distance
 * from the middle of the eyes to the chin, as in ISO/IEC 29794-5. Used by one thread.
 */
final class FaceGeometry {
    private static final int CHIN = 8;
    // Opposite points: upper lid and lower lid, upper lip's inner edge and lower lip's.
    private static final int[][] LEFT_EYE = {{37, 41}, {38, 40}};
    private static final int[][] RIGHT_EYE = {{43, 47}, {44, 46}};
    private static final int[][] MOUTH = {{61, 67}, {62, 66}, {63, 65}};

    private final FaceLandmarks landmarks;
    private final int width;
    private final int height;
    private final Optional<HeadPose> pose;
    private final double[] leftEye;
    private final double[] rightEye;

    FaceGeometry(FaceLandmarks landmarks, int width, int height) {
        this.landmarks = landmarks;
        this.width = width;
        this.height = height;
        this.pose = landmarks.headPose();
        this.leftEye = middle(36, 39);
        this.rightEye = middle(42, 45);
    }

    QualityResult interEyeDistance() {
        // A turned head's eyes are nearer in the picture than in space; beyond 60° the cosine says too much.
        double yaw = pose.map(HeadPose::yawDegrees).orElse(0.0);
        double cosine = Math.max(0.5, Math.cos(Math.toRadians(yaw)));
        return Mapping.rising(eyes() / cosine, 70, 20);
    }

    QualityResult headSize() {
        double raw = chinDistance() / height;
        return Mapping.of(raw, 200 * (1 - Mapping.sigmoid(Math.abs(raw - 0.45), 0, 0.05)));
    }

    QualityResult cropLeft() {
        return ofEyes(leftEye[0]);
    }

    QualityResult cropRight() {
        return ofEyes(width - rightEye[0]);
    }

    private QualityResult ofEyes(double room) {
        return eyes() > 0 ? Mapping.rising(room / eyes(), 0.9, 0.1) : new NotAssessed("the eyes are in one spot");
    }

    QualityResult cropAbove() {
        return ofChin(middleOfEyes(1), 1.4);
    }

    QualityResult cropBelow() {
        return ofChin(height - middleOfEyes(1), 1.8);
    }

    private QualityResult ofChin(double room, double middle) {
        return chinDistance() > 0
                ? Mapping.rising(room / chinDistance(), middle, 0.1)
                : new NotAssessed("eyes and chin are in one spot");
    }

    QualityResult yaw() {
        return angle(HeadPose::yawDegrees);
    }

    QualityResult pitch() {
        return angle(HeadPose::pitchDegrees);
    }

    QualityResult roll() {
        return angle(HeadPose::rollDegrees);
    }

    /** Squared cosine; nothing is left at a right angle. */
    private QualityResult angle(ToDoubleFunction<HeadPose> which) {
        if (pose.isEmpty()) {
            return new NotAssessed("the landmarks are not those of a head");
        }
        double degrees = which.applyAsDouble(pose.get());
        double cosine = Math.max(0, Math.cos(Math.toRadians(degrees)));
        return Mapping.of(degrees, 100 * cosine * cosine);
    }

    QualityResult eyesOpen() {
        if (!(chinDistance() > 0)) {
            return new NotAssessed("eyes and chin are in one spot");
        }
        double raw = Math.min(opening(LEFT_EYE), opening(RIGHT_EYE)) / chinDistance();
        return Mapping.rising(raw, 0.02, 0.01);
    }

    QualityResult mouthClosed() {
        if (!(chinDistance() > 0)) {
            return new NotAssessed("eyes and chin are in one spot");
        }
        double raw = opening(MOUTH) / chinDistance();
        return Mapping.of(raw, 100 * (1 - Mapping.sigmoid(raw, 0.2, 0.06)));
    }

    /** Distance between the middles of the eyes, in pixels of the picture. */
    double eyes() {
        return Math.hypot(rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]);
    }

    /** T: from the middle of the eyes to the chin, in pixels of the picture. */
    double chinDistance() {
        return Math.hypot(landmarks.x(CHIN) - middleOfEyes(0), landmarks.y(CHIN) - middleOfEyes(1));
    }

    double middleOfEyes(int axis) {
        return (leftEye[axis] + rightEye[axis]) / 2;
    }

    private double opening(int[][] pairs) {
        double most = 0;
        for (int[] pair : pairs) {
            most = Math.max(
                    most,
                    Math.hypot(
                            landmarks.x(pair[0]) - landmarks.x(pair[1]), landmarks.y(pair[0]) - landmarks.y(pair[1])));
        }
        return most;
    }

    private double[] middle(int one, int other) {
        return new double[] {(landmarks.x(one) + landmarks.x(other)) / 2, (landmarks.y(one) + landmarks.y(other)) / 2};
    }
}
