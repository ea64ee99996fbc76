package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;
import io.gatehouse.biometrics.face.quality.QualityResult.NotAssessed;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How good a face sample is, in the terms and on the scale of ISO/IEC 29794-5: a result for each measure that was asked
 * for. The measures follow the published definitions on a smaller picture than the reference implementation's (OFIQ) and
 * were not compared with its outputs, so no conformance is claimed. Immutable and thread-safe.
 *
 * <p>The unified score is the geometric mean of the components in {@link #UNIFIED}, so that one bad one is not
 * made good by the others: a score of this project's own, not the standard's, whose network is not here. What it is
 * worth is measured on pictures of LFW, most of them spoilt: without the faces of the lowest scores the rest must be recognised
 * better.
 *
 * @param results what was asked for, and what the unified score needs
 */
public record FaceQuality(Map<QualityMeasure, QualityResult> results) {
    /**
     * What the unified score is made of; assessed always. Without the under-exposure: the embedder hardly minds the dark
     * (1 of 32 darkened pairs of LFW was not recognised), and where it does the dynamic range falls.
     */
    public static final Set<QualityMeasure> UNIFIED = Collections.unmodifiableSet(EnumSet.of(
            QualityMeasure.INTER_EYE_DISTANCE,
            QualityMeasure.HEAD_POSE_YAW,
            QualityMeasure.HEAD_POSE_PITCH,
            QualityMeasure.OVER_EXPOSURE,
            QualityMeasure.DYNAMIC_RANGE,
            QualityMeasure.SHARPNESS));

    private static final NotAssessed NOT_ASKED = new NotAssessed("nobody asked for it");

    public FaceQuality {
        EnumMap<QualityMeasure, QualityResult> copy = new EnumMap<>(QualityMeasure.class);
        copy.putAll(results);
        results = Collections.unmodifiableMap(copy);
    }

    /** What came of a measure. */
    public QualityResult result(QualityMeasure measure) {
        return results.getOrDefault(measure, NOT_ASKED);
    }

    /** The component, 0 to 100; empty if the measure was not assessed. */
    public OptionalInt component(QualityMeasure measure) {
        return result(measure)
                .fold(assessed -> OptionalInt.of(assessed.component()), notAssessed -> OptionalInt.empty());
    }

    /** The native value, in the measure's unit; empty if the measure was not assessed. */
    public OptionalDouble raw(QualityMeasure measure) {
        return result(measure)
                .fold(assessed -> OptionalDouble.of(assessed.raw()), notAssessed -> OptionalDouble.empty());
    }

    /** How good the sample is as a whole, 0 to 100; what could not be assessed is left out, and 0 if nothing could. */
    public int unified() {
        double logarithms = 0;
        int count = 0;
        for (QualityMeasure measure : UNIFIED) {
            if (results.get(measure) instanceof Assessed assessed) {
                logarithms += Math.log(Math.max(assessed.component(), 1));
                count++;
            }
        }
        // A component of 0 counts as 1: the logarithm has no other, and 1 of 100 is as useless.
        return count == 0 ? 0 : (int) Math.round(Math.exp(logarithms / count));
    }
}
