package io.gatehouse.core.outbox;

import java.io.IOException;

/**
 * The numbers of a batch do not go on from what the receiver took: one side was restored from an older copy, or two
 * outboxes have one name. Nothing of the batch was recorded, and sending it again does not help. When it is known what
 * happened, {@link Outbox#beginAnew} lets the outbox go on.
 */
public class OutOfStepException extends IOException {
    public OutOfStepException(String message) {
        super(message);
    }
}
