package io.gatehouse.biometrics.face.landmark;

import java.util.Optional;

/**
 * How a head is turned, in degrees, with the signs and the order of ISO/IEC 39794-5 and ISO/IEC 19794-5 (pose angles),
 * which ISO/IEC 29794-5 uses: seen from the person. Zero is a head that looks straight into the camera, as the average
 * portrait does. Immutable and thread-safe.
 *
 * <p>The axes are x to the picture's right, y up, z from the face to the camera, and every angle turns counter-clockwise
 * round its axis; first roll, then pitch, then yaw. Mirroring a picture negates yaw and roll and leaves the pitch.
 *
 * @param yawDegrees   round y, −180 to 180; positive: the person looks to their left, the nose points to the picture's right
 * @param pitchDegrees round x, −90 to 90; positive: the person looks down
 * @param rollDegrees  round z, −180 to 180; positive: the head leans to the person's right shoulder, which is
 *                     counter-clockwise in the picture
 * @param misfit       how far the landmarks are from those of a generic head in this pose: root mean square in parts of
 *                     the distance between the eyes; about 0.03 to 0.08 for a face
 */
public record HeadPose(double yawDegrees, double pitchDegrees, double rollDegrees, double misfit) {
    public HeadPose {
        if (!(Math.abs(yawDegrees) <= 180 && Math.abs(pitchDegrees) <= 90 && Math.abs(rollDegrees) <= 180)) {
            throw new IllegalArgumentException(
                    "a head pose has a yaw and a roll within ±180° and a pitch within ±90°, not " + yawDegrees + "°, "
                            + rollDegrees + "° and " + pitchDegrees + "°");
        }
        if (!(misfit >= 0)) {
            throw new IllegalArgumentException("a misfit is not negative: " + misfit);
        }
    }

    /**
     * The pose of the head with these landmarks; empty if they lie in one spot or on one line, as no head's do. Seen from
     * the test's synthetic heads the angles are exact; from a network's landmarks expect a few degrees, and more for
     * the pitch, which an unusually long nose changes too.
     */
    public static Optional<HeadPose> of(FaceLandmarks landmarks) {
        return HeadPoseFit.of(landmarks).map(HeadPoseFit::pose);
    }
}
