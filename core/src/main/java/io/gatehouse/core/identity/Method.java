package io.gatehouse.core.identity;

/** How somebody was identified. */
public enum Method {
    FACE,
    CODE,
    CARD,
    FINGER,
    IRIS,
    MANUAL
}
