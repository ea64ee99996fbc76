package io.gatehouse.devices.link;

/** What came back from a bus is not what was sent: somebody else was sending too. What was sent may or may not have been heard. */
public final class BusCollisionException extends LinkException {
    public BusCollisionException(String message) {
        super(message);
    }
}
