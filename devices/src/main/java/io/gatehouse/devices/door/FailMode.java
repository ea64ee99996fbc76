package io.gatehouse.devices.door;

/** What a lock does without power. */
public enum FailMode {
    /** Unlocked without power: the relay is energised to lock. A cut wire opens. */
    FAIL_SAFE,
    /** Locked without power: the relay is energised to unlock. Egress is mechanical. */
    FAIL_SECURE;

    boolean energisedWhen(boolean locked) {
        return (this == FAIL_SAFE) == locked;
    }
}
