package io.gatehouse.core.gate;

/**
 * Port to what moves: the lock of a door, the arms of a turnstile. Every command is answered, also when the device
 * does not answer. Implementations are thread-safe and let an emergency outrank everything else.
 */
public interface PortalDriver {
    /** Unlocks for one passage; the lock falls back by itself. */
    Actuation open();

    /** Releases the portal until {@link #reset}: free passage, for an emergency. */
    Actuation release();

    /** Ends a release by hand. */
    Actuation reset();
}
