package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.message.FaceMessages;
import io.gatehouse.core.reason.Reason;

/** The reason for which a measure that is beyond its limit refuses a face: what the person can do. */
final class Refusals {
    private Refusals() {}

    static Reason of(QualityMeasure measure, double raw, QualityLimit limit) {
        return switch (measure) {
            case INTER_EYE_DISTANCE -> FaceMessages.reason("face.quality.too-small", raw, neededPixels(limit));
            case HEAD_SIZE -> reason(raw < 0.45 ? "head-small" : "head-large");
            case SINGLE_FACE -> reason("several-faces");
            case CROP_LEFT -> reason("cut-left");
            case CROP_RIGHT -> reason("cut-right");
            case CROP_ABOVE -> reason("cut-above");
            case CROP_BELOW -> reason("cut-below");
            case HEAD_POSE_YAW -> reason(raw > 0 ? "turned-left" : "turned-right");
            case HEAD_POSE_PITCH -> reason(raw > 0 ? "looking-down" : "looking-up");
            case HEAD_POSE_ROLL -> reason("tilted");
            case FACE_OCCLUSION, EYES_VISIBLE, MOUTH_OCCLUSION, HEAD_COVERING -> reason("covered");
            case UNDER_EXPOSURE -> reason("dark");
            case OVER_EXPOSURE -> reason("bright");
            case LUMINANCE_MEAN -> reason(raw < 0.5 ? "dark" : "bright");
            case DYNAMIC_RANGE, LUMINANCE_VARIANCE -> reason("flat");
            case ILLUMINATION_UNIFORMITY -> reason("uneven-light");
            case SHARPNESS -> reason("blurred");
            case NATURAL_COLOUR -> reason("colour");
            case COMPRESSION -> reason("compressed");
            case EYES_OPEN -> reason("eyes-closed");
            case MOUTH_CLOSED, EXPRESSION_NEUTRALITY -> reason("mouth-open");
            case BACKGROUND_UNIFORMITY -> reason("background");
        };
    }

    static Reason notAssessed(QualityMeasure measure, String why) {
        return FaceMessages.reason("face.quality.not-assessed", measure, why);
    }

    static Reason poor(int unified, int needed) {
        return FaceMessages.reason("face.quality.poor", unified, needed);
    }

    /** The distance between the eyes at which the component's curve reaches what is asked, or what is asked itself. */
    private static double neededPixels(QualityLimit limit) {
        double part = Math.min(99, limit.minComponent()) / 100.0;
        double byComponent = part > 0 ? 70 + 20 * Math.log(part / (1 - part)) : 0;
        return Math.max(byComponent, limit.minRaw());
    }

    private static Reason reason(String what) {
        return FaceMessages.reason("face.quality." + what);
    }
}
