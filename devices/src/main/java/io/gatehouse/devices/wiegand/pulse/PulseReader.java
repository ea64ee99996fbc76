package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.wiegand.CardReading;
import io.gatehouse.devices.wiegand.ReaderFormats;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A card reader whose data lines this machine sees itself: edges of a source leave as {@link CardReading}s to a listener, on the
 * reader's own thread and in order. Owns its source. Thread-safe.
 */
public final class PulseReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PulseReader.class.getName());
    private static final Duration JOIN = Duration.ofSeconds(1);

    private final EdgeSource source;
    private final ReaderFormats formats;
    private final String name;
    private final PulseDecoder decoder;
    private final Duration frameGap;
    private final InstantSource clock;
    private final Consumer<? super CardReading> onReading;
    private final Consumer<? super IOException> onLost;
    private final Thread thread;
    private volatile boolean closed;

    private PulseReader(Builder parts) {
        this.source = parts.source;
        this.formats = parts.formats;
        this.name = parts.name;
        this.decoder = PulseDecoder.create(parts.timing);
        this.frameGap = parts.timing.frameGap();
        this.clock = parts.clock;
        this.onReading = Objects.requireNonNull(parts.onReading, "a reader needs onReading");
        this.onLost = parts.onLost;
        this.thread = new Thread(this::run, "gatehouse-pulses " + name);
        thread.setDaemon(true);
    }

    /**
     * A reader on these lines, in these formats.
     *
     * @param name the reader's name in the evidence
     */
    public static Builder builder(EdgeSource source, ReaderFormats formats, String name) {
        return new Builder(source, formats, name);
    }

    private void run() {
        try {
            while (true) {
                Optional<Edge> edge = source.next(frameGap);
                Optional<PulseFrame> frame =
                        edge.isPresent() ? decoder.feed(edge.get()) : decoder.silence(frameGap.toNanos());
                frame.ifPresent(ended -> deliver(ended, clock.instant()));
            }
        } catch (IOException e) {
            if (!closed) {
                LOG.log(Level.WARNING, "the data lines of the reader " + name + " cannot be seen any more", e);
                onLost.accept(e);
            }
        }
    }

    private void deliver(PulseFrame frame, Instant at) {
        CardReading reading = frame.fold(
                whole -> formats.read(whole.bits(), at, name),
                faulty -> new CardReading.Unreadable(faulty.reason(), at, name));
        try {
            onReading.accept(reading);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the listener of the reader " + name + " failed; the reader goes on", e);
        }
    }

    /** Stops reading and closes the source. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
        try {
            source.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the source of the reader " + name + " could not be closed", e);
        }
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Collects a reader's parts. Not thread-safe. */
    public static final class Builder {
        private final EdgeSource source;
        private final ReaderFormats formats;
        private final String name;
        private PulseTiming timing = PulseTiming.standard();
        private InstantSource clock = InstantSource.system();
        private @Nullable Consumer<? super CardReading> onReading;
        private Consumer<? super IOException> onLost = lost -> {};

        private Builder(EdgeSource source, ReaderFormats formats, String name) {
            this.source = Objects.requireNonNull(source, "source");
            this.formats = Objects.requireNonNull(formats, "formats");
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Required: gets every reading. It should be quick; the next card waits for it. */
        public Builder onReading(Consumer<? super CardReading> listener) {
            onReading = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Told once if the lines cannot be seen any more, not if the reader is closed. */
        public Builder onLost(Consumer<? super IOException> listener) {
            onLost = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** How long pulses are; {@link PulseTiming#standard} unless said otherwise. */
        public Builder timing(PulseTiming value) {
            timing = Objects.requireNonNull(value, "timing");
            return this;
        }

        /** Where readings get their time from; the system unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Starts reading. */
        public PulseReader open() {
            PulseReader reader = new PulseReader(this);
            reader.thread.start();
            return reader;
        }
    }
}
