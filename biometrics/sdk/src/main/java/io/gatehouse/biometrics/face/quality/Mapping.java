package io.gatehouse.biometrics.face.quality;

import io.gatehouse.biometrics.face.quality.QualityResult.Assessed;

/**
 * From native values to components of 0 to 100. The curves are those of ISO/IEC 29794-5 as its reference implementation
 * has them (OFIQ 1.0, {@code OFIQlib/modules/measures}): factor × (a + s × sigmoid).
 */
final class Mapping {
    private Mapping() {}

    /** Rises from 0 to 1 around {@code middle}. */
    static double sigmoid(double value, double middle, double width) {
        return 1 / (1 + Math.exp((middle - value) / width));
    }

    /** Rises from 0 to 100. */
    static Assessed rising(double raw, double middle, double width) {
        return of(raw, 100 * sigmoid(raw, middle, width));
    }

    /** A result with a component that is rounded and kept between 0 and 100. */
    static Assessed of(double raw, double component) {
        return new Assessed(raw, (int) Math.round(Math.max(0, Math.min(100, component))));
    }
}
