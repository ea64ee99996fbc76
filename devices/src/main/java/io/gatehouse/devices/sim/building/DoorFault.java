package io.gatehouse.devices.sim.building;

/** How the lock of a simulated door misbehaves. */
public enum DoorFault {
    /** Not at all. */
    NONE,
    /** The relay does nothing and says nothing. */
    DEAF,
    /** The relay does it and says nothing. */
    MUTE,
    /** The relay does nothing and says so. */
    REFUSING,
    /** The relay does it, but the bolt stays where it is. */
    STUCK
}
