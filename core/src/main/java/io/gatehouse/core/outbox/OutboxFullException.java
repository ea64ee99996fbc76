package io.gatehouse.core.outbox;

import java.io.IOException;

/**
 * The outbox keeps as much as it may, so the event was not taken; nothing that is kept is given up for it. A gate then
 * does what it was built for ({@link io.gatehouse.core.gate.LedgerFailure}). Goes on by itself when events were delivered.
 */
public class OutboxFullException extends IOException {
    public OutboxFullException(String message) {
        super(message);
    }
}
