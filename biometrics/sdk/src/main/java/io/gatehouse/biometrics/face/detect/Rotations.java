package io.gatehouse.biometrics.face.detect;

/**
 * How faces may lie in a picture. Each turn that is tried costs a run of the detector for each face, and for a picture
 * in which nothing is found as many as for the upright one. Quality is measured in the picture turned back by the
 * quarter turn at which the face was found, so that a profile's bound of the roll applies to what is left. Immutable and
 * thread-safe.
 */
public enum Rotations {
    /** Upright only: a camera that is mounted right. */
    UPRIGHT,
    /** Also on either side and upside down: photographs and cameras that may lie on their side. */
    QUARTER_TURNS,
    /** Any direction, in steps of 45°. */
    ALL;

    /** Turns to try after upright, in degrees, clockwise. */
    int[] others() {
        return switch (this) {
            case UPRIGHT -> new int[0];
            case QUARTER_TURNS -> new int[] {90, 270, 180};
            case ALL -> new int[] {45, 315, 90, 270, 135, 225, 180};
        };
    }
}
