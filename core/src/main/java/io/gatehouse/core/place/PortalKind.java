package io.gatehouse.core.place;

/** What kind of thing a portal is. */
public enum PortalKind {
    DOOR,
    GATE,
    TURNSTILE,
    LIFT_FLOOR
}
