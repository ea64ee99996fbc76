package io.gatehouse.devices.door;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.core.reason.Reason;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A mantrap: of two doors, one is unlocked for a ticket only while the other is shut and locked. Who wants out is not
 * asked about it, and an emergency opens both. Thread-safe.
 */
public final class Interlock {
    private final Door one;
    private final Door other;
    private final ReentrantLock turn = new ReentrantLock(true);

    private Interlock(Door one, Door other) {
        this.one = one;
        this.other = other;
    }

    /**
     * Joins two doors for as long as they live.
     *
     * @throws IllegalArgumentException if they are the same, or one is joined already
     */
    public static Interlock between(Door one, Door other) {
        if (one == other) {
            throw new IllegalArgumentException("an interlock has two doors, not " + one.portal() + " twice");
        }
        Interlock interlock = new Interlock(one, other);
        one.join(interlock);
        other.join(interlock);
        return interlock;
    }

    /** Both doors wait here, so that they cannot each see the other shut and then open. */
    Actuation open(Door door, Supplier<Actuation> opening) {
        Door opposite = opposite(door);
        turn.lock();
        try {
            return opposite.isSecure()
                    ? opening.get()
                    : door.refuse(Reason.format(
                            "door.interlock",
                            "%s opens only while %s is shut and locked.",
                            door.portal(),
                            opposite.portal()));
        } finally {
            turn.unlock();
        }
    }

    Door opposite(Door door) {
        return door == one ? other : one;
    }

    @Override
    public String toString() {
        return "Interlock[" + one.portal() + ", " + other.portal() + "]";
    }
}
