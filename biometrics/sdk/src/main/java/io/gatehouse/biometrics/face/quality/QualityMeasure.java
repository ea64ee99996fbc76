package io.gatehouse.biometrics.face.quality;

/**
 * What is measured of a face, named as in ISO/IEC 29794-5:2025 (capture-related and subject-related quality elements), in
 * the order in which a person should mend it. Formulas and curves are those of the standard's reference implementation,
 * OFIQ 1.0 ({@code OFIQlib/modules/measures}, github.com/BSI-OFIQ/OFIQ-Project), unless something else is said; the
 * picture they are applied to is smaller ({@link FaceLight}). None was compared with OFIQ's outputs.
 *
 * <p>"Checked" tells what this project's tests compare a measure with, beside its spread over LFW and johns.
 */
public enum QualityMeasure {
    /** Raw: root of the area of the next largest face over this one's, 0 if alone. Checked: boxes with known areas. */
    SINGLE_FACE,
    /**
     * Raw: distance between the middles of the eyes in pixels, divided by the cosine of the yaw; component: 50 at 70.
     * Checked: scaled and turned heads.
     */
    INTER_EYE_DISTANCE,
    /** Raw: middle of the eyes to chin, in parts of the picture's height; best at 0.45. Checked: scaled landmarks. */
    HEAD_SIZE,
    /** Raw: from the picture's left edge to the nearer eye, in distances between the eyes. Checked: moved landmarks. */
    CROP_LEFT,
    /** As {@link #CROP_LEFT}, to the right edge. */
    CROP_RIGHT,
    /** Raw: from the picture's upper edge to the eyes, in distances from eyes to chin. Checked: moved landmarks. */
    CROP_ABOVE,
    /** As {@link #CROP_ABOVE}, to the lower edge. */
    CROP_BELOW,
    /**
     * Raw: degrees, positive to the person's left ({@link io.gatehouse.biometrics.face.landmark.HeadPose}; OFIQ has a
     * network for it); component: squared cosine. Checked: turned heads, mirrored pictures.
     */
    HEAD_POSE_YAW,
    /** As {@link #HEAD_POSE_YAW}; positive: looks down. A few degrees less certain than the yaw. */
    HEAD_POSE_PITCH,
    /**
     * As {@link #HEAD_POSE_YAW}; positive: leans to the person's right shoulder. Of a face found in a turned picture
     * ({@link io.gatehouse.biometrics.face.detect.Rotations}) what is left after the nearest quarter turn.
     */
    HEAD_POSE_ROLL,
    /**
     * Whether anything covers the face. Never assessed: landmarks and detector answer through masks and glasses, and the
     * shipped packs have no network that segments what covers a face.
     */
    FACE_OCCLUSION,
    /** Whether hair, glasses or frames cover the eyes. Never assessed, as {@link #FACE_OCCLUSION}. */
    EYES_VISIBLE,
    /** Whether anything covers the mouth. Never assessed, as {@link #FACE_OCCLUSION}. */
    MOUTH_OCCLUSION,
    /** Whether a hat covers the head. Never assessed, as {@link #FACE_OCCLUSION}. */
    HEAD_COVERING,
    /**
     * Raw: share of the face with a luminance of at most 25 of 255. Checked: faces darkened in steps, a plain count.
     */
    UNDER_EXPOSURE,
    /** Raw: share of the face with a luminance of at least 247 of 255. Checked: faces brightened in steps. */
    OVER_EXPOSURE,
    /** Raw: entropy of the face's luminance in bits. Checked: one grey, two greys, all greys. */
    DYNAMIC_RANGE,
    /** Raw: mean luminance of the face, 0 to 1. Checked: pictures of one grey. */
    LUMINANCE_MEAN,
    /** Raw: variance of that. Checked: pictures of two greys. */
    LUMINANCE_VARIANCE,
    /**
     * Raw: overlap of the luminance histograms of both cheeks, 0 to 1, in 64 steps where the standard has 256. Checked:
     * light that falls off across the face.
     */
    ILLUMINATION_UNIFORMITY,
    /**
     * Raw: variance of the Laplacian over the face, this project's own (OFIQ has a random forest on such features);
     * component: 0 at 4, 100 at 1,000, by logarithms. Checked: blur in steps.
     */
    SHARPNESS,
    /** Raw: distance of the cheeks' colour from that of skin in CIE a*b*. Checked: colour casts, known Lab values. */
    NATURAL_COLOUR,
    /**
     * Raw: steps of brightness at the borders of JPEG blocks over those elsewhere, this project's own (OFIQ has a
     * network). Checked: one picture at falling JPEG qualities.
     */
    COMPRESSION,
    /**
     * Raw: opening of the less open eye, in distances from eyes to chin. Checked: moved eyelids only; how well the landmark
     * network follows a closed eye was not measured, for want of pictures.
     */
    EYES_OPEN,
    /** Raw: opening of the lips, in distances from eyes to chin. Checked: moved lips only. */
    MOUTH_CLOSED,
    /** Whether the expression is neutral. Never assessed: the shipped packs have no network for it. */
    EXPRESSION_NEUTRALITY,
    /** Raw: mean luminance gradient beside and above the head. Checked: plain and noisy backgrounds. */
    BACKGROUND_UNIFORMITY;

    /** Whether the models here can tell at all; if not, it is always {@link QualityResult.NotAssessed}. */
    public boolean assessable() {
        return switch (this) {
            case FACE_OCCLUSION, EYES_VISIBLE, MOUTH_OCCLUSION, HEAD_COVERING, EXPRESSION_NEUTRALITY -> false;
            default -> true;
        };
    }
}
