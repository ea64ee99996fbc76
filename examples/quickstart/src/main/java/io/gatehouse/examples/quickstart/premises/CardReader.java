package io.gatehouse.examples.quickstart.premises;

import io.gatehouse.core.evidence.CardEvidence;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.Links;
import io.gatehouse.devices.sim.LinkTap;
import io.gatehouse.devices.sim.SimulatedWiegandReader;
import io.gatehouse.devices.sim.TapEntry;
import io.gatehouse.devices.wiegand.CardFormats;
import io.gatehouse.devices.wiegand.CardReading;
import io.gatehouse.devices.wiegand.WiegandReader;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A reader of 26-bit cards at the entrance: a simulated one over a link in memory, or a real one behind a
 * Wiegand-to-serial converter at a serial port. Thread-safe.
 */
public final class CardReader implements AutoCloseable {
    /** Facility code of the simulated reader's card. */
    public static final long FACILITY = 123;

    /** Number of the simulated reader's card. */
    public static final long CARD = 4567;

    private static final String MEMORY = "mem:card-reader";
    private static final int QUEUE = 100;
    private static final Duration SIMULATED_WAIT = Duration.ofSeconds(5);
    private static final Duration REAL_WAIT = Duration.ofSeconds(60);

    private final BlockingQueue<CardReading> readings = new ArrayBlockingQueue<>(QUEUE);
    private final Optional<SimulatedWiegandReader> simulated;
    private final LinkTap tap;
    private final WiegandReader reader;

    private CardReader(Link link, Optional<SimulatedWiegandReader> simulated, InstantSource clock) {
        this.simulated = simulated;
        this.tap = LinkTap.on(link, clock);
        this.reader = WiegandReader.builder(tap, CardFormats.H10301, "card reader")
                .clock(clock)
                .onReading(readings::offer)
                .open();
    }

    /** A simulated reader. */
    static CardReader simulated(Links links, InstantSource clock) throws IOException {
        SimulatedWiegandReader far = SimulatedWiegandReader.on(links.open(MEMORY));
        return new CardReader(links.open(MEMORY), Optional.of(far), clock);
    }

    /**
     * A real reader.
     *
     * @param port the serial port's device file
     */
    static CardReader at(String port, Links links, InstantSource clock) throws IOException {
        return new CardReader(links.open("serial:" + port + "?baud=9600"), Optional.empty(), clock);
    }

    /** Whether somebody must hold a real card to it. */
    public boolean isReal() {
        return simulated.isEmpty();
    }

    /** The next card; the simulated reader is shown one. Empty if none came in time or it could not be read. */
    public Optional<CardEvidence> next() throws IOException {
        if (simulated.isPresent()) {
            simulated.get().present(CardFormats.H10301, FACILITY, CARD);
        }
        Duration wait = isReal() ? REAL_WAIT : SIMULATED_WAIT;
        try {
            CardReading reading = readings.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(reading)
                    .flatMap(it -> it.fold(
                            read -> Optional.of(read.evidence()),
                            key -> Optional.empty(),
                            unreadable -> Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What came over the link so far, oldest first. */
    public List<TapEntry> bytes() {
        return tap.entries();
    }

    @Override
    public void close() {
        reader.close();
        simulated.ifPresent(SimulatedWiegandReader::close);
    }
}
