package io.gatehouse.core.outbox;

import java.io.IOException;

/**
 * The far end of outboxes: brings their events into a ledger. {@link LedgerReceiver} is one; a vendor's client, which
 * carries batches to a server, is another. Thread-safe. Held to this by the tests of
 * {@code io.gatehouse.core.contract.OutboxReceiverContract}, in this module's test jar.
 */
@FunctionalInterface
public interface OutboxReceiver {
    /**
     * Takes a batch. Each event is recorded once, in the order of the numbers, however often it is sent; batches of one
     * outbox follow each other, those of several may come at once. When this returns, what is before the receipt's
     * {@code next} is durable: the outbox deletes it. Whatever fails for now is an {@link IOException}, and the batch
     * comes again; events of it may have been recorded by then.
     *
     * @throws OutOfStepException if the numbers do not go on from what was taken; nothing of the batch was recorded
     * @throws IOException        if it could not be recorded, or it is not known whether it was
     */
    OutboxReceipt receive(OutboxBatch batch) throws IOException;
}
