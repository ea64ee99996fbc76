package io.gatehouse.devices.link;

/** What a link knows about its other side. */
public enum LinkState {
    /** Bytes can go both ways. */
    OPEN,
    /** The other side went away: unplugged, hung up. Only {@link Link#close} is of use now. */
    LOST,
    /** Closed by us. */
    CLOSED
}
