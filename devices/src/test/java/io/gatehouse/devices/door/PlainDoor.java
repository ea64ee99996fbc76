package io.gatehouse.devices.door;

import io.gatehouse.core.place.Direction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What holds at a door, worked out anew from what happened, without states. It says what the lock must be and what it may
 * be; between the two the door is free. Times are nanoseconds.
 */
final class PlainDoor {
    private static final long MARGIN = 1_000_000;

    private static final class Given {
        private final long at;
        private final Direction side;
        private long until;
        private boolean walkedWith;

        Given(long at, Direction side, long until) {
            this.at = at;
            this.side = side;
            this.until = until;
        }
    }

    /** From when until when the button was pressed, or counted as pressed; until is the greatest number while it is. */
    private static final class Press {
        private final long from;
        private long until = Long.MAX_VALUE;

        Press(long from) {
            this.from = from;
        }
    }

    private final boolean byButton;
    private final boolean plainHandle;
    private final long unlockTime;
    private final long exitTime;
    private final long heldAfter;
    private final long settle;
    private final long repeatAfter;
    private final List<Given> tickets = new ArrayList<>();
    private final List<Press> presses = new ArrayList<>();
    private boolean pressed;
    private InputState wire = InputState.NORMAL;
    private boolean released;
    private boolean lockedDown;
    private long openSince = -1;
    private long shutAt = Long.MIN_VALUE / 2;
    private boolean healthy = true;
    private long healthySince = Long.MIN_VALUE / 2;
    private long lastSeenUnlocked = Long.MIN_VALUE / 2;

    PlainDoor(Egress egress, DoorOptions options) {
        this.byButton = egress == Egress.BUTTON;
        this.plainHandle = egress == Egress.PLAIN_HANDLE;
        this.unlockTime = options.unlockTime().toNanos();
        this.exitTime = options.exitTime().toNanos();
        this.heldAfter = options.heldAfter().toNanos();
        this.settle = options.settle().toNanos();
        this.repeatAfter = options.repeatAfter().toNanos();
    }

    void ticket(long now, Direction side) {
        tickets.add(new Given(now, side, now + unlockTime));
    }

    void button(long now, boolean value) {
        pressed = value;
        pressesChange(now);
    }

    void wire(long now, InputState value) {
        wire = value;
        pressesChange(now);
    }

    private void pressesChange(long now) {
        boolean asks = wire.isFault() ? byButton : pressed;
        boolean asked = !presses.isEmpty() && presses.get(presses.size() - 1).until == Long.MAX_VALUE;
        if (asks && !asked) {
            presses.add(new Press(now));
        } else if (!asks && asked) {
            presses.get(presses.size() - 1).until = now;
        }
    }

    void opened(long now) {
        openSince = now;
    }

    void shut(long now) {
        openSince = -1;
        shutAt = now;
    }

    void lockDown(long now) {
        lockedDown = true;
        for (Given ticket : tickets) {
            if (ticket.side == Direction.ENTRY) {
                ticket.until = Math.min(ticket.until, now);
            }
        }
    }

    void endLockDown() {
        lockedDown = false;
    }

    void release() {
        released = true;
    }

    void reset() {
        released = false;
    }

    void board(long now, boolean works) {
        if (works && !healthy) {
            healthySince = now;
        }
        healthy = works;
    }

    /** Whether the lock stands open, as it was looked at. */
    void saw(long now, boolean unlocked) {
        if (unlocked) {
            lastSeenUnlocked = now;
        }
    }

    boolean isReleased() {
        return released;
    }

    boolean isLockedDown() {
        return lockedDown;
    }

    /** Long enough to have heard what was repeated. */
    boolean hasBeenHealthy(long now) {
        return healthy && now - healthySince > repeatAfter + MARGIN;
    }

    boolean mustBeUnlocked(long now) {
        return released
                || (byButton
                        && presses.stream()
                                .anyMatch(press -> press.until == Long.MAX_VALUE || now < press.from + exitTime));
    }

    boolean mayBeUnlocked(long now) {
        return released
                || (byButton && mayBeLeaving(now, 0))
                || tickets.stream().anyMatch(ticket -> ticket.at <= now && now < ticket.until);
    }

    /** Somebody opens the leaf and nothing explains it: the lock stood locked for a while and nobody asked to leave. */
    boolean isIntrusion(long now) {
        return !released
                && !plainHandle
                && healthy
                && hasBeenHealthy(now)
                && now - lastSeenUnlocked > settle + MARGIN
                && now - shutAt > settle + MARGIN
                && !mayBeUnlocked(now)
                && tickets.stream().noneMatch(ticket -> now < ticket.until + settle + MARGIN)
                && !mayBeLeaving(now, settle + MARGIN);
    }

    /** Counts somebody who walks through; true if there is no ticket for them and they did not leave. */
    boolean walked(long now, Direction way) {
        for (Iterator<Given> each = tickets.iterator(); each.hasNext(); ) {
            Given ticket = each.next();
            if (ticket.side == way && !ticket.walkedWith && isGood(ticket, now)) {
                ticket.walkedWith = true;
                return false;
            }
        }
        return way == Direction.ENTRY && !released;
    }

    /** Whoever opened in time may still walk, until the leaf is held. */
    private boolean isGood(Given ticket, long now) {
        boolean openedInTime = openSince >= 0 && openSince < ticket.until + settle;
        return now < ticket.until + settle || (openedInTime && now < ticket.until + heldAfter);
    }

    private boolean mayBeLeaving(long now, long grace) {
        return presses.stream()
                .anyMatch(press ->
                        press.until == Long.MAX_VALUE || now < Math.max(press.until, press.from) + exitTime + grace);
    }
}
