package io.gatehouse.devices.door;

import java.time.Duration;

/**
 * A door's times, each 1 ms to 1 hour. Immutable and thread-safe.
 *
 * @param unlockTime  how long a ticket unlocks
 * @param exitTime    how long the door stays unlocked, or may be opened, after somebody asked to leave
 * @param heldAfter   how long a leaf may be open before it is held
 * @param settle      how long contacts and bolts take to come to rest: until then nothing is concluded from them
 * @param repeatAfter after how long what is safe is said again, until it is confirmed
 * @param watchEvery  how often the door looks after itself: tells the lock again what is safe, and looks for a late timer
 */
public record DoorOptions(
        Duration unlockTime,
        Duration exitTime,
        Duration heldAfter,
        Duration settle,
        Duration repeatAfter,
        Duration watchEvery) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public DoorOptions {
        bounded("unlock time", unlockTime);
        bounded("exit time", exitTime);
        bounded("time until held", heldAfter);
        bounded("time to settle", settle);
        bounded("time to repeat", repeatAfter);
        bounded("time between watches", watchEvery);
    }

    /** 3 s for a ticket, 5 s for an exit, held after 20 s, 300 ms to settle, repeated after 1 s, watched every 5 s. */
    public static DoorOptions standard() {
        return new DoorOptions(
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
    }

    public DoorOptions withUnlockTime(Duration value) {
        return new DoorOptions(value, exitTime, heldAfter, settle, repeatAfter, watchEvery);
    }

    public DoorOptions withExitTime(Duration value) {
        return new DoorOptions(unlockTime, value, heldAfter, settle, repeatAfter, watchEvery);
    }

    public DoorOptions withHeldAfter(Duration value) {
        return new DoorOptions(unlockTime, exitTime, value, settle, repeatAfter, watchEvery);
    }

    private static void bounded(String what, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the " + what + " is 1 ms to " + LONGEST + ", not " + value);
        }
    }
}
