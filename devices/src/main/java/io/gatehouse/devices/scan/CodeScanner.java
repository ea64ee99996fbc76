package io.gatehouse.devices.scan;

import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A code scanner on a link, framed or speaking Zebra's SSI: codes leave as {@link ScanReading}s to a listener, on the scanner's own
 * thread and in order. The same code within {@link ScannerOptions#repeats} is given once: a pass that is held before the scanner is
 * one presentation. Owns its link. Thread-safe.
 */
public final class CodeScanner implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CodeScanner.class.getName());
    private static final Duration JOIN = Duration.ofSeconds(1);
    private static final byte[] TRIGGER_ON = "\u0016T\r".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRIGGER_OFF = "\u0016U\r".getBytes(StandardCharsets.US_ASCII);

    private final Link link;
    private final String source;
    private final ScannerOptions options;
    private final Trimmer trimmer;
    private final ScanProtocol protocol;
    private final byte[] triggerOn;
    private final byte[] triggerOff;
    private final InstantSource clock;
    private final Consumer<? super ScanReading> onReading;
    private final Consumer<? super IOException> onLost;
    private final Thread thread;
    private byte[] lastCode = {};
    private Instant lastSeen = Instant.MIN;

    private CodeScanner(Builder parts) {
        this.link = parts.link;
        this.source = parts.source;
        this.options = parts.options;
        this.trimmer = new Trimmer(options);
        this.protocol = parts.isSsi
                ? new SsiProtocol(link::write, options.maxLength())
                : new FramedProtocol(options.framing(), options.maxLength());
        this.triggerOn = parts.isSsi ? SsiPacket.ofHost(SsiPacket.START_SESSION).toBytes() : TRIGGER_ON;
        this.triggerOff = parts.isSsi ? SsiPacket.ofHost(SsiPacket.STOP_SESSION).toBytes() : TRIGGER_OFF;
        this.clock = parts.clock;
        this.onReading = Objects.requireNonNull(parts.onReading, "a scanner needs onReading");
        this.onLost = parts.onLost;
        this.thread = new Thread(this::run, "gatehouse-scanner " + source);
        thread.setDaemon(true);
    }

    /**
     * A scanner on this link.
     *
     * @param source the scanner's name in the evidence
     */
    public static Builder builder(Link link, String source) {
        return new Builder(link, source);
    }

    /**
     * Has the scanner look for a code, as if its trigger were pulled ({@code SYN T CR}, or SSI's START_SESSION).
     *
     * @throws IOException if the link is not open
     */
    public void startLooking() throws IOException {
        link.write(triggerOn);
    }

    /** Has it stop ({@code SYN U CR}, or STOP_SESSION). */
    public void stopLooking() throws IOException {
        link.write(triggerOff);
    }

    private void run() {
        try {
            while (true) {
                byte[] bytes = link.read(options.idleGap());
                deliver(bytes.length == 0 ? protocol.idle() : protocol.feed(bytes));
            }
        } catch (IOException e) {
            if (link.state() != LinkState.CLOSED) {
                LOG.log(Level.WARNING, "the scanner " + source + " is gone", e);
                onLost.accept(e);
            }
        }
    }

    private void deliver(List<Frame> frames) {
        for (Frame frame : frames) {
            Instant at = clock.instant();
            Frame trimmed = trimmer.trim(frame);
            Reason wrong = trimmed.wrong();
            if (wrong != null) {
                give(new ScanReading.Unreadable(wrong, at, source));
            } else if (isNew(trimmed.payload(), at)) {
                give(new ScanReading.Read(new CodeEvidence(trimmed.payload(), at, source), trimmed.symbol()));
            }
        }
    }

    /** Held before the scanner it stays the same reading, however long; a clock that went back begins anew. */
    private boolean isNew(byte[] code, Instant at) {
        boolean repeats = Arrays.equals(code, lastCode)
                && !at.isBefore(lastSeen)
                && Duration.between(lastSeen, at).compareTo(options.repeats()) < 0;
        lastCode = code;
        lastSeen = at;
        return !repeats;
    }

    private void give(ScanReading reading) {
        try {
            onReading.accept(reading);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the listener of the scanner " + source + " failed; the scanner goes on", e);
        }
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

    /** Collects a scanner's parts. Not thread-safe. */
    public static final class Builder {
        private final Link link;
        private final String source;
        private ScannerOptions options = ScannerOptions.standard();
        private boolean isSsi;
        private InstantSource clock = InstantSource.system();
        private @Nullable Consumer<? super ScanReading> onReading;
        private Consumer<? super IOException> onLost = lost -> {};

        private Builder(Link link, String source) {
            this.link = Objects.requireNonNull(link, "link");
            this.source = Objects.requireNonNull(source, "source");
        }

        /** How it is set up; {@link ScannerOptions#standard} unless said otherwise. */
        public Builder options(ScannerOptions value) {
            options = Objects.requireNonNull(value, "options");
            return this;
        }

        /** It sends packets of Zebra's Simple Serial Interface instead of a stream that is cut into frames. */
        public Builder ssi() {
            isSsi = true;
            return this;
        }

        /** Required: gets every reading. It should be quick; the next code waits for it. */
        public Builder onReading(Consumer<? super ScanReading> listener) {
            onReading = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Told once if the link goes away, not if the scanner is closed. */
        public Builder onLost(Consumer<? super IOException> listener) {
            onLost = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Where evidence gets its time from; the system unless said otherwise. */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Starts reading. */
        public CodeScanner open() {
            CodeScanner scanner = new CodeScanner(this);
            scanner.thread.start();
            return scanner;
        }
    }
}
