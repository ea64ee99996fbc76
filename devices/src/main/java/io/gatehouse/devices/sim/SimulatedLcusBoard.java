package io.gatehouse.devices.sim;

import io.gatehouse.devices.lcus.LcusCommand;
import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;

/**
 * A relay board of the LCUS kind on the other end of a link, which does what it is told and says nothing; a loss of the link is
 * a loss of its power. Runs on a thread of its own until it is closed, which closes its link. Thread-safe.
 */
public final class SimulatedLcusBoard implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SimulatedLcusBoard.class.getName());
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Link link;
    private final BitSet relays = new BitSet();
    private final Thread thread;
    private byte[] window = {};

    private SimulatedLcusBoard(Link link) {
        this.link = Objects.requireNonNull(link, "link");
        this.thread = new Thread(this::run, "gatehouse-simulated-lcus " + link.url());
        thread.setDaemon(true);
    }

    /** Starts a board with all relays off. */
    public static SimulatedLcusBoard open(Link link) {
        SimulatedLcusBoard board = new SimulatedLcusBoard(link);
        board.thread.start();
        return board;
    }

    /** Whether a relay, counted from 1, is energised. */
    public boolean isOn(int channel) {
        synchronized (relays) {
            return relays.get(channel);
        }
    }

    private void run() {
        while (link.state() != LinkState.CLOSED) {
            try {
                feed(link.read(TICK));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the simulated board lost its power: " + e.getMessage());
                window = new byte[0];
                synchronized (relays) {
                    relays.clear();
                }
                if (!link.reopens()) {
                    return;
                }
            }
        }
    }

    /** Slides over what is no command byte by byte. */
    private void feed(byte[] bytes) {
        for (byte each : bytes) {
            byte[] longer = Arrays.copyOf(window, window.length + 1);
            longer[window.length] = each;
            window = longer.length > LcusCommand.BYTES ? Arrays.copyOfRange(longer, 1, longer.length) : longer;
            Optional<LcusCommand> command = LcusCommand.parse(window);
            if (command.isPresent()) {
                synchronized (relays) {
                    relays.set(command.get().channel(), command.get().on());
                }
                window = new byte[0];
            }
        }
    }

    @Override
    public void close() {
        link.close();
        try {
            thread.join(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
