package io.gatehouse.devices.wiegand;

import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A card reader behind a Wiegand-to-serial converter, in the card formats that it is configured for: lines of {@link
 * WiegandLineCodec} arrive over a link and leave as {@link CardReading}s to a listener, on the reader's own thread and in order.
 * It never tries another format than its own: with several in turn, some card would open for the wrong person. Owns its
 * link. Thread-safe.
 */
public final class WiegandReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(WiegandReader.class.getName());
    private static final Duration JOIN = Duration.ofSeconds(1);

    private final Link link;
    private final ReaderFormats formats;
    private final String source;
    private final InstantSource clock;
    private final Duration idleGap;
    private final Consumer<? super CardReading> onReading;
    private final Consumer<? super IOException> onLost;
    private final LineFramer framer = new LineFramer();
    private final Thread thread;

    private WiegandReader(Builder parts) {
        this.link = parts.link;
        this.formats = parts.formats;
        this.source = parts.source;
        this.clock = parts.clock;
        this.idleGap = parts.idleGap;
        this.onReading = Objects.requireNonNull(parts.onReading, "a reader needs onReading");
        this.onLost = parts.onLost;
        this.thread = new Thread(this::run, "gatehouse-wiegand " + source);
        thread.setDaemon(true);
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
        link.close();
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] bytes = link.read(idleGap);
                deliver(bytes.length == 0 ? framer.idle() : framer.feed(bytes));
            }
        } catch (IOException e) {
            if (link.state() != LinkState.CLOSED) {
                LOG.log(Level.WARNING, "the reader " + source + " is gone", e);
                onLost.accept(e);
            }
        }
    }

    private void deliver(List<LineFramer.Line> lines) {
        for (LineFramer.Line line : lines) {
            try {
                onReading.accept(reading(line, clock.instant()));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the listener of the reader " + source + " failed; the reader goes on", e);
            }
        }
    }

    private CardReading reading(LineFramer.Line line, Instant at) {
        return switch (line.kind()) {
            case TOO_LONG ->
                unreadable(
                        at,
                        "card.too-long",
                        "The reader sent a line of more than " + LineFramer.MAX_LINE + " characters.");
            case CUT ->
                unreadable(at, "card.cut", "The reader stopped in the middle of a line: present the card again.");
            case WHOLE ->
                WiegandLineCodec.decode(line.text())
                        .map(bits -> formats.read(bits, at, source))
                        .orElseGet(() -> unreadable(
                                at, "card.junk", "The reader sent a line that is not a card: present the card again."));
        };
    }

    private CardReading unreadable(Instant at, String code, String text) {
        return new CardReading.Unreadable(Reason.of(code, text), at, source);
    }

    /** Collects a reader's parts. Not thread-safe. */
    public static final class Builder {
        private final Link link;
        private final ReaderFormats formats;
        private final String source;
        private InstantSource clock = InstantSource.system();
        private Duration idleGap = Duration.ofMillis(500);
        private @Nullable Consumer<? super CardReading> onReading;
        private Consumer<? super IOException> onLost = lost -> {};

        private Builder(Link link, ReaderFormats formats, String source) {
            this.link = Objects.requireNonNull(link, "link");
            this.formats = Objects.requireNonNull(formats, "formats");
            this.source = Objects.requireNonNull(source, "source");
        }

        /** Required: gets every reading. It should be quick; the next card waits for it. */
        public Builder onReading(Consumer<? super CardReading> listener) {
            onReading = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Told once if the link goes away, not if the reader is closed. */
        public Builder onLost(Consumer<? super IOException> listener) {
            onLost = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Where evidence gets its time from; the system unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
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
            WiegandReader reader = new WiegandReader(this);
            reader.thread.start();
            return reader;
        }
    }
}
