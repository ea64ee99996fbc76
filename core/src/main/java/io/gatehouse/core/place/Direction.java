package io.gatehouse.core.place;

/** Which way somebody passes a portal: from its outer to its inner zone, or back. */
public enum Direction {
    ENTRY,
    EXIT
}
