package io.gatehouse.devices.wiegand;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.reader.ReaderBuilder;
import io.gatehouse.devices.reader.ReaderThread;
import io.gatehouse.devices.reader.ReadingSource;
import java.time.Duration;
import java.util.Objects;

/**
 * A card reader behind a Wiegand-to-serial converter, in the card formats that it is configured for: lines of {@link
 * WiegandLineCodec} arrive over a link and leave as {@link CardReading}s to a listener, on the reader's own thread and in order.
 * It never tries another format than its own: with several in turn, some card would open for the wrong person. On a link that
 * reopens it goes on after a loss. Owns its link. Thread-safe.
 */
public final class WiegandReader implements AutoCloseable {
    private final ReaderThread<CardReading> reader;

    private WiegandReader(ReaderThread<CardReading> reader) {
        this.reader = reader;
    }

    /**
     * A reader on this link, in this format.
     *
     * @param source the reader's name in the evidence
     */
    public static Builder builder(Link link, CardFormat format, String source) {
        return builder(link, ReaderFormats.of(format), source);
    }

    /** A reader on this link, in formats of different lengths. */
    public static Builder builder(Link link, ReaderFormats formats, String source) {
        return new Builder(link, formats, source);
    }

    /** Stops reading and closes the link. Does nothing the second time. */
    @Override
    public void close() {
        reader.close();
    }

    /** Collects a reader's parts. Not thread-safe. */
    public static final class Builder extends ReaderBuilder<CardReading, Builder> {
        private final Link link;
        private final ReaderFormats formats;
        private final String source;
        private Duration idleGap = Duration.ofMillis(500);

        private Builder(Link link, ReaderFormats formats, String source) {
            this.link = Objects.requireNonNull(link, "link");
            this.formats = Objects.requireNonNull(formats, "formats");
            this.source = Objects.requireNonNull(source, "source");
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** After how long without a byte a begun line is given up, at least 1 ms; 500 ms unless said otherwise. */
        public Builder idleGap(Duration value) {
            if (value.toMillis() < 1) {
                throw new IllegalArgumentException("the idle gap is at least 1 ms, not " + value);
            }
            idleGap = value;
            return this;
        }

        /** Starts reading. */
        public WiegandReader open() {
            CardLineParser parser = new CardLineParser(formats, clock(), source);
            return new WiegandReader(start(source, ReadingSource.of(link, idleGap, parser)));
        }
    }
}
