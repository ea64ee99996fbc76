package io.gatehouse.devices.link;

import java.io.IOException;
import java.time.Duration;

/**
 * Bytes in, bytes out, and a state. Opened with {@link Links#open}; what arrives is queued by the link itself, so that
 * protocol timing never depends on a driver's timeouts. Thread-safe: one thread reads, any may write or close.
 */
public interface Link extends AutoCloseable {
    /** The URL it was opened by. */
    String url();

    LinkState state();

    /**
     * Sends all bytes, in order and not mixed with another writer's.
     *
     * @throws LinkException if the link is not open, or was lost while writing (some bytes may have gone out)
     */
    void write(byte[] bytes) throws IOException;

    /**
     * Whatever has arrived since the last read: waits until there is at least one byte or the time is over, then gives
     * an empty array. Bytes that arrived before the link was lost are still given.
     *
     * @param atMost how long to wait; zero or less does not wait
     * @throws LinkException if the link is closed, or lost and everything was read
     * @throws java.io.InterruptedIOException if the thread is interrupted; its interrupt flag stays set
     */
    byte[] read(Duration atMost) throws IOException;

    /** Closes it; a blocked read ends at once. Does nothing the second time and leaves no thread behind. */
    @Override
    void close();
}
