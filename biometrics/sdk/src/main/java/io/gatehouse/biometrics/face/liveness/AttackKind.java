package io.gatehouse.biometrics.face.liveness;

/**
 * What an attack was seen by. It does not name the instrument: the shipped network has two classes beside "live" and
 * what they stand for is not published, so print, screen and mask are one kind here. Thread-safe.
 */
public enum AttackKind {
    /** The network takes what it sees for an artefact: a print, a screen or a mask. */
    ARTEFACT,
    /** The points of the face move as those of a flat or evenly bent picture do when it is turned. */
    FLAT_MOTION,
    /** A frame came again that was shown before: a still, or a recording that runs in a loop. */
    REPEATED_FRAME,
    /** Another face came in while one was being looked at. */
    OTHER_FACE,
    /** Something else was done than what was asked for, as a recording of an earlier challenge does. */
    CHALLENGE_FAILED
}
