package io.gatehouse.devices.reader;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The thread of one reader: waits for readings and hands them to a listener in order. A listener that fails is logged and the
 * reader goes on; so it does after a loss, if its source comes back. Owns its source. Thread-safe.
 *
 * @param <R> a reading
 */
public final class ReaderThread<R> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ReaderThread.class.getName());
    private static final Duration JOIN = Duration.ofMillis(200);

    private final String name;
    private final ReadingSource<R> source;
    private final Consumer<? super R> onReading;
    private final Consumer<? super IOException> onLost;
    private final Thread thread;

    private ReaderThread(
            String name, ReadingSource<R> source, Consumer<? super R> onReading, Consumer<? super IOException> onLost) {
        this.name = Objects.requireNonNull(name, "name");
        this.source = Objects.requireNonNull(source, "source");
        this.onReading = Objects.requireNonNull(onReading, "onReading");
        this.onLost = Objects.requireNonNull(onLost, "onLost");
        this.thread = new Thread(this::run, "gatehouse-reader " + name);
        thread.setDaemon(true);
    }

    /**
     * Starts reading.
     *
     * @param name   shown in logs and as the thread's name
     * @param onLost told each loss; not told that the reader was closed
     */
    public static <R> ReaderThread<R> open(
            String name, ReadingSource<R> source, Consumer<? super R> onReading, Consumer<? super IOException> onLost) {
        ReaderThread<R> reader = new ReaderThread<>(name, source, onReading, onLost);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try {
            while (true) {
                deliver(next());
            }
        } catch (IOException e) {
            if (!source.isClosed()) {
                LOG.log(Level.WARNING, "the reader " + name + " is gone", e);
                tell(onLost, e);
            }
        }
    }

    private List<R> next() throws IOException {
        try {
            return source.next();
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            List<R> readings = source.goOnAfter(e);
            LOG.log(Level.WARNING, "the reader " + name + " was lost and goes on: " + e.getMessage());
            tell(onLost, e);
            return readings;
        }
    }

    private void deliver(List<R> readings) {
        for (R reading : readings) {
            tell(onReading, reading);
        }
    }

    private <T> void tell(Consumer<? super T> listener, T told) {
        try {
            listener.accept(told);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the listener of the reader " + name + " failed; the reader goes on", e);
        }
    }

    /** Stops reading and closes the source. Does nothing the second time. */
    @Override
    public void close() {
        source.close();
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
