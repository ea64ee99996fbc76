package io.gatehouse.core.gate;

/**
 * Port to what sees people pass: the arm of a turnstile, a light barrier, a door contact. Implementations are
 * thread-safe and answer within a time of their own, which is how long the gate may be held up.
 */
@FunctionalInterface
public interface PassageSensor {
    /** Waits until somebody passed, or until nobody can any more because the lock fell back. */
    Sighting watch(Checkpost checkpost);

    /** What it saw. */
    enum Sighting {
        /** Somebody went through. */
        PASSED,
        /** Nobody went through and it is locked again. */
        NOBODY,
        /** The sensor said nothing in time. */
        NO_ANSWER
    }
}
