package io.gatehouse.devices.alarm;

/** What a door does when there is violence. Whatever it is, who wants out gets out, and fire stands above it. */
public enum ViolenceAction {
    /** Lets nobody in. */
    LOCK_DOWN,
    /** Is released, so that people can flee through it. */
    RELEASE,
    /** Goes on as before. */
    LEAVE
}
