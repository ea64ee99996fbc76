package io.gatehouse.devices.reader;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Port to what a reader reads from. For the thread of one {@link ReaderThread}, but for closing it.
 *
 * @param <R> a reading
 */
public interface ReadingSource<R> extends Closeable {
    /**
     * Waits a while for readings.
     *
     * @return in order; empty if there were none
     * @throws IOException if it is closed or lost
     */
    List<R> next() throws IOException;

    /**
     * Called after a loss: what was begun before it is given up.
     *
     * @return what comes of that
     * @throws IOException the loss itself, if it does not come back
     */
    List<R> goOnAfter(IOException loss) throws IOException;

    /** Whether it was closed by us. */
    boolean isClosed();

    /** Closing ends a waiting {@link #next} at once. */
    @Override
    void close();

    /**
     * Readings that come over a link, which is the source's own from now on.
     *
     * @param idleGap after how long without a byte the parser is told so
     */
    static <R> ReadingSource<R> of(Link link, Duration idleGap, StreamParser<R> parser) {
        return new ReadingSource<>() {
            @Override
            public List<R> next() throws IOException {
                byte[] bytes = link.read(idleGap);
                return bytes.length == 0 ? parser.idle() : parser.feed(bytes);
            }

            @Override
            public List<R> goOnAfter(IOException loss) throws IOException {
                if (!link.reopens() || isClosed()) {
                    throw loss;
                }
                return parser.cut();
            }

            @Override
            public boolean isClosed() {
                return link.state() == LinkState.CLOSED;
            }

            @Override
            public void close() {
                link.close();
            }
        };
    }
}
