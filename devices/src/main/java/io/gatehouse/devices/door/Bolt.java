package io.gatehouse.devices.door;

import org.jspecify.annotations.Nullable;

/** Compares the bolt with what the lock was told. Not thread-safe. */
final class Bolt {
    /** What changed. */
    enum Change {
        NONE,
        JAMMED,
        FREED
    }

    private final long settle;
    private long wrongSince = DoorMachine.NONE;
    private boolean jammed;

    Bolt(long settle) {
        this.settle = settle;
    }

    Change look(@Nullable InputState bolt, DoorState lock, boolean leafOpen, long now) {
        if (bolt == null || bolt.isFault() || !isWrong(bolt == InputState.ACTIVE, lock, leafOpen)) {
            wrongSince = DoorMachine.NONE;
            boolean freed = jammed && bolt != null && !bolt.isFault();
            jammed &= !freed;
            return freed ? Change.FREED : Change.NONE;
        }
        wrongSince = wrongSince == DoorMachine.NONE ? now : wrongSince;
        boolean jams = !jammed && now - wrongSince >= settle;
        jammed |= jams;
        return jams ? Change.JAMMED : Change.NONE;
    }

    boolean isJammed() {
        return jammed;
    }

    /** When it will be jammed, unless it moves. */
    long jamsAt() {
        return wrongSince == DoorMachine.NONE || jammed ? Long.MAX_VALUE / 2 : wrongSince + settle;
    }

    /** An open leaf's bolt is not where it locks. */
    private static boolean isWrong(boolean thrown, DoorState lock, boolean leafOpen) {
        boolean shouldBeThrown = lock instanceof DoorState.Locked && !leafOpen;
        boolean shouldBeFree = lock instanceof DoorState.Unlocked
                || (lock instanceof DoorState.Released released && released.confirmed());
        return thrown ? shouldBeFree : shouldBeThrown;
    }
}
