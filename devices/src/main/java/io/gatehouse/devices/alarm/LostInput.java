package io.gatehouse.devices.alarm;

/** What a fire input counts as that is cut, short, or not heard from. */
public enum LostInput {
    /** As fire: nobody can know that there is none. */
    ALARM,
    /** As a fault, which is recorded and must be mended; only where the release is wired to the doors as well. */
    FAULT
}
