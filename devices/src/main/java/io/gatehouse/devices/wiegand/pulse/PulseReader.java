package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.reader.ReaderBuilder;
import io.gatehouse.devices.reader.ReaderThread;
import io.gatehouse.devices.wiegand.CardReading;
import io.gatehouse.devices.wiegand.ReaderFormats;
import java.util.Objects;

/**
 * A card reader whose data lines this machine sees itself: edges of a source leave as {@link CardReading}s to a listener, on the
 * reader's own thread and in order. Owns its source. Thread-safe.
 */
public final class PulseReader implements AutoCloseable {
    private final ReaderThread<CardReading> reader;

    private PulseReader(ReaderThread<CardReading> reader) {
        this.reader = reader;
    }

    /**
     * A reader on these lines, in these formats.
     *
     * @param name the reader's name in the evidence
     */
    public static Builder builder(EdgeSource source, ReaderFormats formats, String name) {
        return new Builder(source, formats, name);
    }

    /** Stops reading and closes the source. Does nothing the second time. */
    @Override
    public void close() {
        reader.close();
    }

    /** Collects a reader's parts. Not thread-safe. */
    public static final class Builder extends ReaderBuilder<CardReading, Builder> {
        private final EdgeSource source;
        private final ReaderFormats formats;
        private final String name;
        private PulseTiming timing = PulseTiming.standard();

        private Builder(EdgeSource source, ReaderFormats formats, String name) {
            this.source = Objects.requireNonNull(source, "source");
            this.formats = Objects.requireNonNull(formats, "formats");
            this.name = Objects.requireNonNull(name, "name");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** How long pulses are; {@link PulseTiming#standard} unless said otherwise. */
        public Builder timing(PulseTiming value) {
            timing = Objects.requireNonNull(value, "timing");
            return this;
        }

        /** Starts reading. */
        public PulseReader open() {
            return new PulseReader(start(name, new PulseSource(source, formats, timing, clock(), name)));
        }
    }
}
