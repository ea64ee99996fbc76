package io.gatehouse.devices.door;

/** What a supervised input says. One that is not supervised is never cut or short. */
public enum InputState {
    NORMAL,
    ACTIVE,
    /** The wire is open, or whoever reads the input does not answer. */
    CUT,
    /** The wire is bridged. */
    SHORT;

    /** Whether it says nothing about what it watches. */
    public boolean isFault() {
        return this == CUT || this == SHORT;
    }
}
