package io.gatehouse.biometrics.face.quality;

import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a face before a template is made of it. Refusals say what the person can do. Immutable and
 * thread-safe.
 *
 * @param minInterEyePixels least distance between the eyes, in pixels
 * @param minSharpness      least component, 0 to 100, as the others
 * @param minExposure       least under- and over-exposure component
 * @param minDynamicRange   least dynamic range component
 * @param maxYawDegrees     most turn sideways
 * @param maxRollDegrees    most tilt
 */
public record QualityProfile(
        double minInterEyePixels,
        int minSharpness,
        int minExposure,
        int minDynamicRange,
        double maxYawDegrees,
        double maxRollDegrees) {
    /** Strict: a reference is used for years. */
    public static final QualityProfile ENROLMENT = new QualityProfile(32, 30, 60, 60, 25, 25);

    /** Fast: a probe may be tried again at once. */
    public static final QualityProfile GATE = new QualityProfile(24, 20, 40, 50, 35, 30);

    /** Refuses nothing: for measurements. */
    public static final QualityProfile NONE = new QualityProfile(0, 0, 0, 0, 180, 180);

    public QualityProfile {
        if (!(minInterEyePixels >= 0) || !(maxYawDegrees >= 0) || !(maxRollDegrees >= 0)) {
            throw new IllegalArgumentException("a quality profile's limits are not negative: " + minInterEyePixels
                    + " px, " + maxYawDegrees + "°, " + maxRollDegrees + "°");
        }
    }

    /** Every reason to refuse a sample of this quality, the one to mend first in front; empty if there is none. */
    public List<Reason> refusals(FaceQuality quality) {
        List<Reason> reasons = new ArrayList<>();
        if (quality.interEyePixels() < minInterEyePixels) {
            reasons.add(Reason.format(
                    "face.quality.too-small",
                    "The face is too small (%.0f pixels between the eyes, %.0f needed): come closer.",
                    quality.interEyePixels(),
                    minInterEyePixels));
        }
        if (Math.abs(quality.yawDegrees()) > maxYawDegrees) {
            reasons.add(Reason.of("face.quality.turned", "The face is turned away: look into the camera."));
        }
        if (Math.abs(quality.rollDegrees()) > maxRollDegrees) {
            reasons.add(Reason.of("face.quality.tilted", "The head is tilted: hold it upright."));
        }
        if (quality.underExposure() < minExposure) {
            reasons.add(Reason.of("face.quality.dark", "The face is too dark: step into the light."));
        }
        if (quality.overExposure() < minExposure) {
            reasons.add(Reason.of("face.quality.bright", "The face is too bright: step out of the glare."));
        }
        if (quality.dynamicRange() < minDynamicRange) {
            reasons.add(Reason.of("face.quality.flat", "The face has hardly any contrast: step into even light."));
        }
        if (quality.sharpness() < minSharpness) {
            reasons.add(Reason.of("face.quality.blurred", "The face is blurred: hold still, or clean the camera."));
        }
        return List.copyOf(reasons);
    }
}
