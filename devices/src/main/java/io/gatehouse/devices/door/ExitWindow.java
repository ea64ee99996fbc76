package io.gatehouse.devices.door;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long somebody who asked to leave may do so. It begins with the button, lasts as long as it is held and at least the
 * exit time, and nothing ends it but time. A lock that did not open for it is told again while it lasts: unlike a ticket,
 * a way out is what is safe. Not thread-safe.
 */
final class ExitWindow {
    private final boolean byLock;
    private final long exitTime;
    private final long repeatAfter;
    private final long settle;
    private final LockDrive lock;
    private final LongUnaryOperator unlockedAnyway;
    private boolean asked;
    private long until = DoorMachine.NONE;
    private long tried = DoorMachine.NONE;

    /**
     * The window of one door.
     *
     * @param unlockedAnyway until when the lock is open for others, if it is to be open until then for this
     */
    ExitWindow(Egress egress, DoorOptions options, LockDrive lock, LongUnaryOperator unlockedAnyway) {
        this.byLock = egress == Egress.BUTTON;
        this.exitTime = options.exitTime().toNanos();
        this.repeatAfter = options.repeatAfter().toNanos();
        this.settle = options.settle().toNanos();
        this.lock = lock;
        this.unlockedAnyway = unlockedAnyway;
    }

    /** Whether somebody began to ask. A button that nobody can hear counts as pressed where it is the only way out. */
    boolean hear(InputState button, long now) {
        boolean asksNow = button == InputState.ACTIVE || (button.isFault() && byLock);
        boolean begins = asksNow && !asked;
        if (begins) {
            letOut(now + exitTime, now);
        }
        asked = asksNow;
        return begins;
    }

    /** Goes on while the button is held, and tells the lock again if it did not open. */
    void advance(long now) {
        if (asked && until - now <= exitTime / 2) {
            letOut(now + exitTime, now);
        } else if (isTrying(now) && now - tried >= repeatAfter) {
            letOut(until, now);
        }
    }

    long nextDeadline(long now) {
        long renewal = asked ? until - exitTime / 2 : Long.MAX_VALUE / 2;
        long again = isTrying(now) ? tried + repeatAfter : Long.MAX_VALUE / 2;
        long end = until > now ? until : Long.MAX_VALUE / 2;
        return Math.min(end, Math.min(renewal, again));
    }

    /** Until when the lock is open for them; {@link DoorMachine#NONE} where they need no lock or nobody ever asked. */
    long lockOpenUntil() {
        return byLock ? until : DoorMachine.NONE;
    }

    /** Whether a leaf that opens now may be theirs. */
    boolean explains(long now) {
        return until != DoorMachine.NONE && until + settle > now;
    }

    /** How long the lock must stay open for them. */
    Duration left(long now) {
        return byLock && until > now ? Duration.ofNanos(until - now) : Duration.ZERO;
    }

    private void letOut(long end, long now) {
        until = Math.max(until, end);
        tried = now;
        if (byLock && !lock.isReleased()) {
            lock.letOut(Duration.ofNanos(unlockedAnyway.applyAsLong(until) - now));
        }
    }

    private boolean isTrying(long now) {
        return byLock && until > now && !lock.isReleased() && !(lock.state() instanceof DoorState.Unlocked);
    }
}
