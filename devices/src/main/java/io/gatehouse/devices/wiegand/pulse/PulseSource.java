package io.gatehouse.devices.wiegand.pulse;

import io.gatehouse.devices.reader.ReadingSource;
import io.gatehouse.devices.wiegand.CardReading;
import io.gatehouse.devices.wiegand.ReaderFormats;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** From edges to readings: pulses, frames, and what those mean in the reader's formats. */
final class PulseSource implements ReadingSource<CardReading> {
    private static final Logger LOG = System.getLogger(PulseSource.class.getName());

    private final EdgeSource edges;
    private final ReaderFormats formats;
    private final PulseDecoder decoder;
    private final Duration frameGap;
    private final InstantSource clock;
    private final String name;
    private volatile boolean closed;

    PulseSource(EdgeSource edges, ReaderFormats formats, PulseTiming timing, InstantSource clock, String name) {
        this.edges = edges;
        this.formats = formats;
        this.decoder = PulseDecoder.create(timing);
        this.frameGap = timing.frameGap();
        this.clock = clock;
        this.name = name;
    }

    @Override
    public List<CardReading> next() throws IOException {
        Optional<Edge> edge = edges.next(frameGap);
        Optional<PulseFrame> frame = edge.isPresent() ? decoder.feed(edge.get()) : decoder.silence(frameGap.toNanos());
        return frame.map(this::reading).map(List::of).orElseGet(List::of);
    }

    private CardReading reading(PulseFrame frame) {
        return frame.fold(
                whole -> formats.read(whole.bits(), clock.instant(), name),
                faulty -> new CardReading.Unreadable(faulty.reason(), clock.instant(), name));
    }

    /** Lines that cannot be seen any more do not come back by themselves. */
    @Override
    public List<CardReading> goOnAfter(IOException loss) throws IOException {
        throw loss;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        try {
            edges.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the source of the reader " + name + " could not be closed", e);
        }
    }
}
