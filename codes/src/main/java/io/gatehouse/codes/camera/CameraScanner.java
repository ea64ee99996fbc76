package io.gatehouse.codes.camera;

import io.gatehouse.codes.symbol.QrReader;
import io.gatehouse.codes.symbol.ReadSymbol;
import io.gatehouse.core.evidence.CodeEvidence;
import io.gatehouse.core.frame.Frame;
import io.gatehouse.core.frame.FrameSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the codes that come into a camera's view: each once for as long as it stays, and again when it was out of view for a while.
 * Time is that of the frames. For one thread, which asks for the next codes; the source is closed with this.
 */
public final class CameraScanner implements AutoCloseable {
    private final FrameSource source;
    private final QrReader reader;
    private final Repeats repeats;

    private CameraScanner(FrameSource source, QrReader reader, Duration window) {
        this.source = Objects.requireNonNull(source, "source");
        this.reader = Objects.requireNonNull(reader, "reader");
        this.repeats = new Repeats(window);
    }

    /** @param window for how long a code may be out of view and still be the same reading, such as 3 s */
    public static CameraScanner create(FrameSource source, QrReader reader, Duration window) {
        return new CameraScanner(source, reader, window);
    }

    /**
     * The codes that are new in the next frame, perhaps none.
     *
     * @return empty at the end of the source
     * @throws IOException if the source fails
     */
    public Optional<List<CodeEvidence>> next() throws IOException {
        Optional<Frame> frame = source.next();
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        List<CodeEvidence> codes = new ArrayList<>();
        for (ReadSymbol symbol : reader.read(frame.get()).symbols()) {
            if (repeats.isNew(symbol.payload(), frame.get().capturedAt())) {
                codes.add(symbol.toEvidence(frame.get()));
            }
        }
        return Optional.of(codes);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
