package io.gatehouse.biometrics.face;

import io.gatehouse.biometrics.face.detect.FaceDetector;
import io.gatehouse.biometrics.face.detect.Rotations;
import io.gatehouse.biometrics.face.quality.QualityProfile;
import java.util.Objects;

/**
 * How faces are analysed. Immutable and thread-safe.
 *
 * @param minFacePixels     the smallest face looked for: the height of its box; smaller ones cost more tiles of a large picture
 * @param profile           what is asked of a face before a template is made
 * @param livenessThreshold a live face scores at least this, between 0 and 1
 * @param dominance         in front of a gate the nearest face weighs at least so many times the next, or nobody is chosen
 * @param threads           how many threads one run of a network uses; 1 suits many callers at once
 * @param rotations         how faces may lie in the picture
 * @param atOnce            so many analyses run at the same time; more callers wait for their turn, first come first
 *                          served, since runs that share processors only slow each other and each needs its memory
 */
public record FaceOptions(
        int minFacePixels,
        QualityProfile profile,
        double livenessThreshold,
        double dominance,
        int threads,
        Rotations rotations,
        int atOnce) {
    /** At a gate. */
    public static final FaceOptions GATE = new FaceOptions(
            FaceDetector.DEFAULT_MIN_FACE_PIXELS,
            QualityProfile.GATE,
            0.5,
            1.5,
            1,
            Rotations.UPRIGHT,
            Runtime.getRuntime().availableProcessors());

    /** At enrolment. */
    public static final FaceOptions ENROLMENT = GATE.withProfile(QualityProfile.ENROLMENT);

    private static final int MAX_THREADS = 256;

    public FaceOptions {
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(rotations, "rotations");
        if (minFacePixels < 8) {
            throw new IllegalArgumentException(
                    "the smallest face looked for has at least 8 pixels, not " + minFacePixels);
        }
        if (!(livenessThreshold > 0 && livenessThreshold < 1)) {
            throw new IllegalArgumentException("a liveness threshold lies between 0 and 1, not " + livenessThreshold);
        }
        if (!(dominance >= 1)) {
            throw new IllegalArgumentException("the chosen face weighs at least 1 times the next, not " + dominance);
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("a network runs on 1 to " + MAX_THREADS + " threads, not " + threads);
        }
        if (atOnce < 1) {
            throw new IllegalArgumentException("at least 1 analysis runs at once, not " + atOnce);
        }
    }

    public FaceOptions withMinFacePixels(int pixels) {
        return new FaceOptions(pixels, profile, livenessThreshold, dominance, threads, rotations, atOnce);
    }

    public FaceOptions withProfile(QualityProfile other) {
        return new FaceOptions(minFacePixels, other, livenessThreshold, dominance, threads, rotations, atOnce);
    }

    public FaceOptions withLivenessThreshold(double threshold) {
        return new FaceOptions(minFacePixels, profile, threshold, dominance, threads, rotations, atOnce);
    }

    public FaceOptions withDominance(double times) {
        return new FaceOptions(minFacePixels, profile, livenessThreshold, times, threads, rotations, atOnce);
    }

    public FaceOptions withThreads(int count) {
        return new FaceOptions(minFacePixels, profile, livenessThreshold, dominance, count, rotations, atOnce);
    }

    public FaceOptions withRotations(Rotations which) {
        return new FaceOptions(minFacePixels, profile, livenessThreshold, dominance, threads, which, atOnce);
    }

    public FaceOptions withAtOnce(int analyses) {
        return new FaceOptions(minFacePixels, profile, livenessThreshold, dominance, threads, rotations, analyses);
    }
}
