package io.gatehouse.devices.scan;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.reader.ReaderBuilder;
import io.gatehouse.devices.reader.ReaderThread;
import io.gatehouse.devices.reader.ReadingSource;
import io.gatehouse.devices.reader.StreamParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A code scanner on a link, framed or speaking Zebra's SSI: codes leave as {@link ScanReading}s to a listener, on the scanner's own
 * thread and in order. The same code within {@link ScannerOptions#repeats} is given once: a pass that is held before the scanner is
 * one presentation. On a link that reopens it goes on after a loss. Owns its link. Thread-safe.
 */
public final class CodeScanner implements AutoCloseable {
    private static final byte[] TRIGGER_ON = "\u0016T\r".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRIGGER_OFF = "\u0016U\r".getBytes(StandardCharsets.US_ASCII);

    private final Link link;
    private final byte[] triggerOn;
    private final byte[] triggerOff;
    private final ReaderThread<ScanReading> reader;

    private CodeScanner(Link link, boolean isSsi, ReaderThread<ScanReading> reader) {
        this.link = link;
        this.triggerOn = isSsi ? SsiPacket.ofHost(SsiPacket.START_SESSION).toBytes() : TRIGGER_ON;
        this.triggerOff = isSsi ? SsiPacket.ofHost(SsiPacket.STOP_SESSION).toBytes() : TRIGGER_OFF;
        this.reader = reader;
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

    /** Stops reading and closes the link. Does nothing the second time. */
    @Override
    public void close() {
        reader.close();
    }

    /** Collects a scanner's parts. Not thread-safe. */
    public static final class Builder extends ReaderBuilder<ScanReading, Builder> {
        private final Link link;
        private final String source;
        private ScannerOptions options = ScannerOptions.standard();
        private boolean isSsi;

        private Builder(Link link, String source) {
            this.link = Objects.requireNonNull(link, "link");
            this.source = Objects.requireNonNull(source, "source");
        }

        @Override
        protected Builder self() {
            return this;
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

        /** Starts reading. */
        public CodeScanner open() {
            StreamParser<Frame> protocol = isSsi
                    ? new SsiProtocol(link::write, options.maxLength())
                    : new FramedProtocol(options.framing(), options.maxLength());
            ScanParser parser = new ScanParser(protocol, options, clock(), source);
            return new CodeScanner(link, isSsi, start(source, ReadingSource.of(link, options.idleGap(), parser)));
        }
    }
}
