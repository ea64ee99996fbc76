package io.gatehouse.biometrics.face.quality;

/**
 * How good a face sample is, in the terms of ISO/IEC 29794-5: each component from 0 (useless) to 100 (best). The
 * measures are this project's own and were not compared with the reference implementation (OFIQ), so no conformance is
 * claimed. Immutable and thread-safe.
 *
 * @param interEyePixels   distance between the centres of the eyes in the picture, in pixels
 * @param interEyeDistance component: 0 at 10 pixels or less, 100 at 90 pixels, which travel documents ask for
 * @param sharpness        component: from the variance of the Laplacian over the aligned face
 * @param underExposure    component: 100 if no pixel of the face is nearly black
 * @param overExposure     component: 100 if no pixel of the face is nearly white
 * @param dynamicRange     component: entropy of the face's brightness histogram, 8 bits give 100
 * @param yawDegrees       estimated turn of the head sideways
 * @param rollDegrees      tilt of the head towards a shoulder
 * @param headPose         component: squared cosines of yaw and roll
 * @param unified          geometric mean of the components
 */
public record FaceQuality(
        double interEyePixels,
        int interEyeDistance,
        int sharpness,
        int underExposure,
        int overExposure,
        int dynamicRange,
        double yawDegrees,
        double rollDegrees,
        int headPose,
        int unified) {
    public FaceQuality {
        int[] components = {interEyeDistance, sharpness, underExposure, overExposure, dynamicRange, headPose, unified};
        for (int component : components) {
            if (component < 0 || component > 100) {
                throw new IllegalArgumentException("a quality component is 0 to 100, not " + component);
            }
        }
    }
}
