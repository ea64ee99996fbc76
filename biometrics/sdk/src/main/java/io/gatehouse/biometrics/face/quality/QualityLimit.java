package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;

/**
 * What a profile asks of one measure: a least component, a range of the native value, or both. Immutable and
 * thread-safe.
 *
 * @param minComponent 0 to 100; 0 asks for nothing
 * @param minRaw       least native value, in the measure's unit; minus infinity asks for nothing
 * @param maxRaw       most native value; infinity asks for nothing
 */
public record QualityLimit(int minComponent, double minRaw, double maxRaw) {
    public QualityLimit {
        if (minComponent < 0 || minComponent > 100) {
            throw new IllegalArgumentException("a least component is 0 to 100, not " + minComponent);
        }
        if (!(minRaw <= maxRaw)) {
            throw new IllegalArgumentException("a range of native values goes from " + minRaw + " to " + maxRaw);
        }
    }

    /** At least this component. */
    public static QualityLimit component(int least) {
        return new QualityLimit(least, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** A native value in this range. */
    public static QualityLimit raw(double least, double most) {
        return new QualityLimit(0, least, most);
    }

    /** Whether a result keeps to it. */
    public boolean allows(Assessed result) {
        return result.component() >= minComponent && result.raw() >= minRaw && result.raw() <= maxRaw;
    }
}
