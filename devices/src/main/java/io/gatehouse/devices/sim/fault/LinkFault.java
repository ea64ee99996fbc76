package io.gatehouse.devices.sim.fault;

/** What can happen to the bytes of one write, or to those that arrive at once. */
public enum LinkFault {
    /** Some neighbouring bytes, perhaps all, do not arrive. */
    DROP,
    /** One bit arrives turned over. */
    CORRUPT,
    /** They arrive twice. */
    DUPLICATE,
    /** They arrive in two pieces. */
    SPLIT,
    /** They arrive together with the next ones, or late. */
    JOIN,
    /** They arrive late. */
    DELAY,
    /** For a while nothing arrives; then all of it does. */
    STALL,
    /** The link is lost. */
    UNPLUG
}
