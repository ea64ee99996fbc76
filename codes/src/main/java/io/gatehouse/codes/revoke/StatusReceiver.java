package io.gatehouse.codes.revoke;

import java.io.IOException;

/**
 * Port: what carries a signed status list, or what changed, to a gate; at the gate's end stands
 * {@link StatusLists#install}. Thread-safe.
 */
@FunctionalInterface
public interface StatusReceiver {
    /**
     * Brings it to the gate.
     *
     * @throws IOException if the gate cannot be reached; it will be behind until it asks for what it missed
     */
    void take(byte[] signed) throws IOException;
}
