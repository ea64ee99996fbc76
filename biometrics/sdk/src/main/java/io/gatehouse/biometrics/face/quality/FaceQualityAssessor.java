package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import io.gatehouse.biometrics.picture.Picture;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Measures the quality of a face, only what is asked for and what the unified score is made of. What a gate asks for
 * takes about a fifth of a millisecond; the background takes more than all else together. Stateless and thread-safe.
 */
public final class FaceQualityAssessor {
    private FaceQualityAssessor() {}

    public static FaceQualityAssessor create() {
        return new FaceQualityAssessor();
    }

    /**
     * The results of these measures and of {@link FaceQuality#UNIFIED}. Where the face was found in a turned picture it is
     * measured in the picture turned back by that quarter turn.
     */
    public FaceQuality assess(FaceSample sample, Set<QualityMeasure> asked) {
        int quarter = sample.box().quarterTurn();
        if (quarter == 0) {
            return measured(sample, asked);
        }
        try (Picture upright = sample.picture().turnedBack(quarter)) {
            return measured(sample.turnedBack(upright), asked);
        }
    }

    private static FaceQuality measured(FaceSample sample, Set<QualityMeasure> asked) {
        EnumSet<QualityMeasure> measures = EnumSet.copyOf(FaceQuality.UNIFIED);
        measures.addAll(asked);
        FaceGeometry geometry = new FaceGeometry(
                sample.landmarks(), sample.picture().width(), sample.picture().height());
        FaceLight light = new FaceLight(sample.landmarks(), sample.chip(), sample.toChip());
        FaceSurroundings surroundings = new FaceSurroundings(sample, geometry);
        Map<QualityMeasure, QualityResult> results = new EnumMap<>(QualityMeasure.class);
        for (QualityMeasure measure : measures) {
            results.put(measure, assess(measure, geometry, light, surroundings));
        }
        return new FaceQuality(results);
    }

    private static QualityResult assess(
            QualityMeasure measure, FaceGeometry geometry, FaceLight light, FaceSurroundings surroundings) {
        return switch (measure) {
            case SINGLE_FACE -> surroundings.singleFace();
            case INTER_EYE_DISTANCE -> geometry.interEyeDistance();
            case HEAD_SIZE -> geometry.headSize();
            case CROP_LEFT -> geometry.cropLeft();
            case CROP_RIGHT -> geometry.cropRight();
            case CROP_ABOVE -> geometry.cropAbove();
            case CROP_BELOW -> geometry.cropBelow();
            case HEAD_POSE_YAW -> geometry.yaw();
            case HEAD_POSE_PITCH -> geometry.pitch();
            case HEAD_POSE_ROLL -> geometry.roll();
            case UNDER_EXPOSURE -> ofLight(light, FaceLight::underExposure);
            case OVER_EXPOSURE -> ofLight(light, FaceLight::overExposure);
            case DYNAMIC_RANGE -> ofLight(light, FaceLight::dynamicRange);
            case LUMINANCE_MEAN -> ofLight(light, FaceLight::luminanceMean);
            case LUMINANCE_VARIANCE -> ofLight(light, FaceLight::luminanceVariance);
            case ILLUMINATION_UNIFORMITY -> ofLight(light, FaceLight::illuminationUniformity);
            case SHARPNESS -> ofLight(light, FaceLight::sharpness);
            case NATURAL_COLOUR -> ofLight(light, FaceLight::naturalColour);
            case COMPRESSION -> surroundings.compression();
            case EYES_OPEN -> geometry.eyesOpen();
            case MOUTH_CLOSED -> geometry.mouthClosed();
            case BACKGROUND_UNIFORMITY -> surroundings.backgroundUniformity();
            case FACE_OCCLUSION, EYES_VISIBLE, MOUTH_OCCLUSION, HEAD_COVERING ->
                new NotAssessed("no network here segments what covers a face");
            case EXPRESSION_NEUTRALITY -> new NotAssessed("no network here classifies expressions");
        };
    }

    private static QualityResult ofLight(FaceLight light, Function<FaceLight, QualityResult> measure) {
        return light.shows() ? measure.apply(light) : new NotAssessed("the chip does not show the face");
    }
}
