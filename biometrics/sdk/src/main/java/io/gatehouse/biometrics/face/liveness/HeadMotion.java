package io.gatehouse.biometrics.face.liveness;

/**
 * How a face differs from the same face looking straight.
 *
 * @param yawDegrees   turn to the picture's right, as far as the depth of the face shows it
 * @param pitchDegrees turn downwards, as far as the depth of the face shows it
 * @param planeDegrees turn that a flat picture would need to look as squeezed as this
 * @param eyes         how far the eyes are open: 1 as before, 0 shut
 * @param mouth        how far the mouth opened, in widths of the mouth
 */
record HeadMotion(double yawDegrees, double pitchDegrees, double planeDegrees, double eyes, double mouth) {
    /** The turn that depth shows, whichever way. */
    double depthDegrees() {
        return Math.hypot(yawDegrees, pitchDegrees);
    }
}
