package io.gatehouse.core.outbox;

/**
 * How much an outbox keeps at most. The last sixteenth of both is kept for what is no decision: so that whatever a
 * granted decision leads to, and an emergency, can still be recorded when decisions no longer can. Give it less than what
 * the gate's disk has: on a disk that is full nothing can be removed either, until somebody makes space. Immutable.
 *
 * @param maxEvents how many events, 16 to 10,000,000
 * @param maxBytes  how many bytes of sealed events, 1 MiB to 1 TiB; the database takes about a third more
 */
public record OutboxOptions(long maxEvents, long maxBytes) {
    private static final long SHARE_OF_RESERVE = 16;
    private static final long MAX_EVENTS = 10_000_000;
    private static final long MIN_BYTES = 1L << 20;
    private static final long MAX_BYTES = 1L << 40;

    public OutboxOptions {
        if (maxEvents < SHARE_OF_RESERVE || maxEvents > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "an outbox keeps at most " + SHARE_OF_RESERVE + " to " + MAX_EVENTS + " events, not " + maxEvents);
        }
        if (maxBytes < MIN_BYTES || maxBytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "an outbox keeps at most " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not " + maxBytes);
        }
    }

    /** 100,000 events or 128 MiB: about 50,000 passages. */
    public static OutboxOptions standard() {
        return new OutboxOptions(100_000, 128L << 20);
    }

    /** What decisions may fill. */
    long eventsForDecisions() {
        return maxEvents - maxEvents / SHARE_OF_RESERVE;
    }

    long bytesForDecisions() {
        return maxBytes - maxBytes / SHARE_OF_RESERVE;
    }
}
