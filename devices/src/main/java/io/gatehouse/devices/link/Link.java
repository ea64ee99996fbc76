package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Bytes in, bytes out, and a state. Opened with {@link Links#open}, or with {@link ReopeningLink} if it should come back by
 * itself; what arrives is queued by the link, so that protocol timing never depends on a driver's timeouts.
 * Thread-safe: one thread reads, any may write, observe or close.
 */
public interface Link extends AutoCloseable {
    /** The URL it was opened by. */
    String url();

    LinkState state();

    /**
     * Tells every change of state from now on: one at a time, in order, in the thread that made it and without a lock of the
     * link's. The listener should be quick; it may call the link, closing included.
     */
    Watch observe(Consumer<? super LinkChange> listener);

    /** Whether it opens again by itself after a loss; if not, {@link #close} alone is of use then. */
    boolean reopens();

    /**
     * Sends all bytes, in order and not mixed with another writer's; never later than now.
     *
     * @throws LinkException if the link is not open, or was lost while writing (some bytes may have gone out)
     */
    void write(byte[] bytes) throws IOException;

    /**
     * What was written and may still be on its way is not to arrive any more: a TCP connection, which would deliver it whenever
     * the network is back, is broken off and the link lost with it; a port forgets what it has not sent. What is gone is gone.
     * For commands that must not come late, such as an unlocking that was not answered.
     */
    void abandonWrites();

    /**
     * Whatever has arrived since the last read: waits until there is at least one byte or the time is over, then gives
     * an empty array. Bytes that arrived before the link was lost are still given.
     *
     * @param atMost how long to wait; zero or less does not wait
     * @throws LinkException if the link is closed, or lost and everything was read. A link that reopens throws once for each
     *                       loss, so that bytes from before and after it are not taken for one message; then it waits again
     * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt flag stays set
     */
    byte[] read(Duration atMost) throws IOException;

    /** Closes it for good; a blocked read ends at once. Does nothing the second time and leaves no thread behind. */
    @Override
    void close();

    /** An observation; closing it ends it, nothing else. Thread-safe. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
