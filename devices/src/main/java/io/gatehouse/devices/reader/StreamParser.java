package io.gatehouse.devices.reader;

import java.io.IOException;
import java.util.List;

/**
 * How the bytes of a device become readings, however they are split on the way. Bounds what it keeps. For one thread.
 *
 * @param <R> a reading, or what is made into one
 */
public interface StreamParser<R> {
    /**
     * What these bytes complete, in order.
     *
     * @throws IOException if an answer to the device cannot be sent
     */
    List<R> feed(byte[] bytes) throws IOException;

    /**
     * Nothing came for a while.
     *
     * @throws IOException if an answer to the device cannot be sent
     */
    List<R> idle() throws IOException;

    /** The stream broke off, and another one follows: what was begun is given up. Sends nothing. */
    List<R> cut();
}
