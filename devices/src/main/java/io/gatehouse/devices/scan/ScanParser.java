package io.gatehouse.devices.scan;

import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.reason.Reason;
import io.gatehouse.devices.reader.StreamParser;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** From a scanner's bytes to readings: the protocol's frames, trimmed, without what is only held before the scanner. */
final class ScanParser implements StreamParser<ScanReading> {
    private final StreamParser<Frame> protocol;
    private final Trimmer trimmer;
    private final Duration repeats;
    private final InstantSource clock;
    private final String source;
    private byte[] lastCode = {};
    private Instant lastSeen = Instant.MIN;

    ScanParser(StreamParser<Frame> protocol, ScannerOptions options, InstantSource clock, String source) {
        this.protocol = protocol;
        this.trimmer = new Trimmer(options);
        this.repeats = options.repeats();
        this.clock = clock;
        this.source = source;
    }

    @Override
    public List<ScanReading> feed(byte[] bytes) throws IOException {
        return readings(protocol.feed(bytes));
    }

    @Override
    public List<ScanReading> idle() throws IOException {
        return readings(protocol.idle());
    }

    @Override
    public List<ScanReading> cut() {
        return readings(protocol.cut());
    }

    private List<ScanReading> readings(List<Frame> frames) {
        List<ScanReading> readings = new ArrayList<>();
        for (Frame frame : frames) {
            Instant at = clock.instant();
            Frame trimmed = trimmer.trim(frame);
            Reason wrong = trimmed.wrong();
            if (wrong != null) {
                readings.add(new ScanReading.Unreadable(wrong, at, source));
            } else if (isNew(trimmed.payload(), at)) {
                readings.add(new ScanReading.Read(new CodeEvidence(trimmed.payload(), at, source), trimmed.symbol()));
            }
        }
        return readings;
    }

    /** Held before the scanner it stays the same reading, however long; a clock that went back begins anew. */
    private boolean isNew(byte[] code, Instant at) {
        boolean isSame = Arrays.equals(code, lastCode)
                && !at.isBefore(lastSeen)
                && Duration.between(lastSeen, at).compareTo(repeats) < 0;
        lastCode = code;
        lastSeen = at;
        return !isSame;
    }
}
