package io.gatehouse.devices.reader;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what every reader needs; a reader's own builder adds its parts. Not thread-safe.
 *
 * @param <R> what it reads
 * @param <B> the reader's own builder
 */
public abstract class ReaderBuilder<R, B extends ReaderBuilder<R, B>> {
    private InstantSource clock = InstantSource.system();
    private @Nullable Consumer<? super R> onReading;
    private Consumer<? super IOException> onLost = lost -> {};

    protected ReaderBuilder() {}

    /** This. */
    protected abstract B self();

    /** Required: gets every reading. It should be quick; the next one waits for it. */
    public final B onReading(Consumer<? super R> listener) {
        onReading = Objects.requireNonNull(listener, "listener");
        return self();
    }

    /** Told when what it reads from goes away: once, or each time if that comes back. Not told that the reader is closed. */
    public final B onLost(Consumer<? super IOException> listener) {
        onLost = Objects.requireNonNull(listener, "listener");
        return self();
    }

    /** Where readings get their time from; the system unless said otherwise. */
    public final B clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return self();
    }

    protected final InstantSource clock() {
        return clock;
    }

    /**
     * Starts the reader's thread.
     *
     * @throws NullPointerException if nobody listens
     */
    protected final ReaderThread<R> start(String name, ReadingSource<R> source) {
        return ReaderThread.open(name, source, Objects.requireNonNull(onReading, "a reader needs onReading"), onLost);
    }
}
