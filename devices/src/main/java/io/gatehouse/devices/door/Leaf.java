package io.gatehouse.devices.door;

import java.time.Instant;

/** What is known of a door's leaf. Not thread-safe. */
final class Leaf {
    enum Place {
        UNKNOWN,
        CLOSED,
        OPEN
    }

    private Place place = Place.UNKNOWN;
    private long since = DoorMachine.NONE;
    private long heldFrom;
    private Instant openedAt = Instant.EPOCH;
    private boolean forced;
    private boolean held;
    private boolean byRight;
    private boolean forExit;
    private boolean byTicket;

    Place place() {
        return place;
    }

    boolean isOpen() {
        return place == Place.OPEN;
    }

    void lost() {
        place = Place.UNKNOWN;
    }

    /** Opened by right and shut for a moment only: the contact bounces, and it is the same opening still. */
    boolean bounces(long now, long settle) {
        return place == Place.CLOSED && byRight && now - since < settle;
    }

    void opened(long now, Instant at) {
        place = Place.OPEN;
        since = now;
        heldFrom = now;
        openedAt = at;
        forced = false;
        held = false;
        byRight = true;
    }

    void force() {
        forced = true;
        byRight = false;
        forExit = false;
    }

    void forExit() {
        forExit = true;
    }

    void byTicket() {
        byTicket = true;
        forExit = false;
    }

    /** Another passage by right: the time until it is held begins again. */
    void asked(long now) {
        heldFrom = Math.max(heldFrom, now);
    }

    /** True if it was forced or held until now. */
    boolean closed(long now) {
        boolean wasWrong = forced || held;
        place = Place.CLOSED;
        since = now;
        forced = false;
        held = false;
        return wasWrong;
    }

    void hold() {
        held = true;
    }

    boolean isForced() {
        return forced;
    }

    boolean isHeld() {
        return held;
    }

    boolean isForExit() {
        return isOpen() && forExit;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** When it will be held, if it is open then; never if it is closed, held or forced. */
    long heldAt(long heldAfter) {
        return isOpen() && !held && !forced ? heldFrom + heldAfter : Long.MAX_VALUE / 2;
    }

    /** When it will have been closed for so long after it was opened with a ticket; never if it was not. */
    long restsAt(long settle) {
        return place == Place.CLOSED && byTicket ? since + settle : Long.MAX_VALUE / 2;
    }

    void rested() {
        byTicket = false;
    }
}
