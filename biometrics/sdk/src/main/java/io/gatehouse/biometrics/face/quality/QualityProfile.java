package io.gatehouse.biometrics.face.quality;

import io.gatehouse.core.reason.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What is asked of a face before a template is made of it: a limit for each measure that matters, and a least unified
 * score. Refusals say what the person can do, in the order of {@link QualityMeasure}, which is that of mending. A limited
 * measure that could not be assessed refuses too. Immutable and thread-safe.
 *
 * <p>The limits of the profiles here were chosen on photographs of LFW and johns, whole and spoilt, so that the
 * usable ones pass; they are not the standard's, and neither they nor the measures were compared with OFIQ's
 * outputs. Cameras differ: look at what your own refuse.
 */
public final class QualityProfile {
    /**
     * Strict: a reference is used for years. Every measure that can be assessed is. Light from one side, colour,
     * background and compression are limited by nothing, since they matter to printed passes more than to recognition.
     */
    public static final QualityProfile ENROLMENT = builder()
            .assess(EnumSet.allOf(QualityMeasure.class))
            .limit(QualityMeasure.INTER_EYE_DISTANCE, QualityLimit.raw(32, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.HEAD_SIZE, QualityLimit.raw(0.08, 0.9))
            .limit(QualityMeasure.CROP_LEFT, QualityLimit.raw(0.4, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.CROP_RIGHT, QualityLimit.raw(0.4, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.CROP_ABOVE, QualityLimit.raw(0.35, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.CROP_BELOW, QualityLimit.raw(0.8, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.HEAD_POSE_YAW, QualityLimit.raw(-25, 25))
            .limit(QualityMeasure.HEAD_POSE_PITCH, QualityLimit.raw(-25, 25))
            .limit(QualityMeasure.HEAD_POSE_ROLL, QualityLimit.raw(-25, 25))
            .limit(QualityMeasure.UNDER_EXPOSURE, QualityLimit.component(60))
            .limit(QualityMeasure.OVER_EXPOSURE, QualityLimit.component(15))
            .limit(QualityMeasure.DYNAMIC_RANGE, QualityLimit.component(60))
            .limit(QualityMeasure.SHARPNESS, QualityLimit.component(24))
            .limit(QualityMeasure.EYES_OPEN, QualityLimit.component(50))
            .limit(QualityMeasure.MOUTH_CLOSED, QualityLimit.component(20))
            .build();

    /** Fast: a probe may be tried again at once. */
    public static final QualityProfile GATE = builder()
            .limit(QualityMeasure.INTER_EYE_DISTANCE, QualityLimit.raw(24, Double.POSITIVE_INFINITY))
            .limit(QualityMeasure.HEAD_POSE_YAW, QualityLimit.raw(-40, 40))
            .limit(QualityMeasure.HEAD_POSE_PITCH, QualityLimit.raw(-35, 35))
            .limit(QualityMeasure.HEAD_POSE_ROLL, QualityLimit.raw(-30, 30))
            .limit(QualityMeasure.UNDER_EXPOSURE, QualityLimit.component(30))
            .limit(QualityMeasure.OVER_EXPOSURE, QualityLimit.component(4))
            .limit(QualityMeasure.DYNAMIC_RANGE, QualityLimit.component(40))
            .limit(QualityMeasure.SHARPNESS, QualityLimit.component(12))
            .build();

    /**
     * {@link #GATE} without its bounds of yaw and pitch, for the frames of a challenge: it asks people to turn the head and to
     * nod, and how far they do so is judged there.
     */
    public static final QualityProfile CHALLENGE = GATE.toBuilder()
            .without(QualityMeasure.HEAD_POSE_YAW)
            .without(QualityMeasure.HEAD_POSE_PITCH)
            .build();

    /** Refuses nothing: for measurements. */
    public static final QualityProfile NONE = builder().build();

    private final Map<QualityMeasure, QualityLimit> limits;
    private final Set<QualityMeasure> measures;
    private final int minUnified;

    private QualityProfile(Builder from) {
        this.limits = Collections.unmodifiableMap(new EnumMap<>(from.limits));
        this.measures = Collections.unmodifiableSet(EnumSet.copyOf(from.measures));
        this.minUnified = from.minUnified;
    }

    /** A profile that asks for nothing yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** This profile's limits, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder().assess(measures).minUnified(minUnified);
        builder.limits.putAll(limits);
        return builder;
    }

    /** What has to be assessed: what is limited, and what was asked for beside. */
    public Set<QualityMeasure> measures() {
        return measures;
    }

    public Map<QualityMeasure, QualityLimit> limits() {
        return limits;
    }

    /** Least unified score; 0 asks for nothing. */
    public int minUnified() {
        return minUnified;
    }

    /** Every reason to refuse a sample of this quality, the one to mend first in front; empty if there is none. */
    public List<Reason> refusals(FaceQuality quality) {
        List<Reason> reasons = new ArrayList<>();
        limits.forEach((measure, limit) -> quality.result(measure)
                .fold(
                        assessed -> limit.allows(assessed)
                                ? null
                                : reasons.add(Refusals.of(measure, assessed.raw(), limit)),
                        notAssessed -> reasons.add(Refusals.notAssessed(measure, notAssessed.reason()))));
        if (reasons.isEmpty() && quality.unified() < minUnified) {
            reasons.add(Refusals.poor(quality.unified(), minUnified));
        }
        return List.copyOf(reasons);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QualityProfile profile
                && limits.equals(profile.limits)
                && measures.equals(profile.measures)
                && minUnified == profile.minUnified;
    }

    @Override
    public int hashCode() {
        return Objects.hash(limits, measures, minUnified);
    }

    @Override
    public String toString() {
        return "QualityProfile[" + limits + ", unified " + minUnified + "]";
    }

    /** Builds a profile. Not thread-safe. */
    public static final class Builder {
        private final Map<QualityMeasure, QualityLimit> limits = new EnumMap<>(QualityMeasure.class);
        private final EnumSet<QualityMeasure> measures = EnumSet.noneOf(QualityMeasure.class);
        private int minUnified;

        private Builder() {}

        /**
         * Asks something of a measure, in the place of what was asked before.
         *
         * @throws IllegalArgumentException if no model here can assess it, so that every face would be refused
         */
        public Builder limit(QualityMeasure measure, QualityLimit limit) {
            if (!measure.assessable()) {
                throw new IllegalArgumentException(
                        measure + " is never assessed by the models here: a limit on it would refuse every face");
            }
            limits.put(measure, Objects.requireNonNull(limit, "limit"));
            measures.add(measure);
            return this;
        }

        /** Asks nothing of a measure any more. */
        public Builder without(QualityMeasure measure) {
            limits.remove(measure);
            return this;
        }

        /** Has measures assessed that nothing is asked of, to be recorded or shown. */
        public Builder assess(Set<QualityMeasure> more) {
            measures.addAll(more);
            return this;
        }

        /** Least unified score, 0 to 100. */
        public Builder minUnified(int least) {
            if (least < 0 || least > 100) {
                throw new IllegalArgumentException("a least unified score is 0 to 100, not " + least);
            }
            minUnified = least;
            return this;
        }

        public QualityProfile build() {
            return new QualityProfile(this);
        }
    }
}
