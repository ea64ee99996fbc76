package io.gatehouse.devices.sim;

/** How a simulated relay board misbehaves. */
public enum BoardFault {
    /** Not at all. */
    NONE,
    /** Does nothing and says nothing, like a board without power. */
    DEAF,
    /** Does it and says nothing. */
    MUTE,
    /** Does nothing and answers exception 4, device failure. */
    REFUSING,
    /** Does it, and its answer is damaged on the way. */
    GARBLED
}
