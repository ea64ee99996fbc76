package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.link.LinkState;
import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.modbus.ModbusSlaveCodec;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * A relay board that speaks Modbus RTU on the other end of a link: coils 0, 1, … are relays, and it has {@value #INPUTS}
 * inputs and {@value #REGISTERS} registers; functions 1, 2, 3, 5, 6, 15 and 16. It shows every byte and misbehaves on
 * request. Runs on a thread of its own until it is closed, which closes its link; on a link that reopens it goes on after a
 * loss. Thread-safe.
 */
public final class SimulatedRelayBoard implements AutoCloseable {
    /** How many inputs it has, all off at first. */
    public static final int INPUTS = 16;

    /** How many registers it has, all 0 at first. */
    public static final int REGISTERS = 16;

    private static final Logger LOG = System.getLogger(SimulatedRelayBoard.class.getName());
    private static final int DEVICE_FAILURE = 4;

    private final LinkTap link;
    private final int unit;
    private final BoardImage image;
    private final RequestFramer framer = new RequestFramer();
    private final Thread thread;
    private volatile BoardFault fault = BoardFault.NONE;

    private SimulatedRelayBoard(LinkTap link, int unit, int relays) {
        this.link = link;
        this.unit = unit;
        this.image = new BoardImage(unit, relays, INPUTS, REGISTERS);
        this.thread = new Thread(this::run, "gatehouse-simulated-board " + link.url());
        thread.setDaemon(true);
    }

    /**
     * Starts a board.
     *
     * @param unit   its Modbus address, 1 to 247
     * @param relays how many it has, all off
     * @param clock  the time of its tape
     */
    public static SimulatedRelayBoard open(Link link, int unit, int relays, InstantSource clock) {
        SimulatedRelayBoard board = new SimulatedRelayBoard(LinkTap.on(link, clock), unit, relays);
        board.thread.start();
        return board;
    }

    /** From now on it misbehaves so. */
    public void misbehave(BoardFault value) {
        fault = Objects.requireNonNull(value, "fault");
    }

    /** Whether a relay, counted from 0, is energised. */
    public boolean isOn(int relay) {
        return image.relay(relay);
    }

    /** Switches a relay by hand, as something else than its master would. */
    public void force(int relay, boolean energised) {
        image.setRelay(relay, energised);
    }

    /** What is wired to an input, counted from 0, goes on or off. */
    public void input(int index, boolean on) {
        image.setInput(index, on);
    }

    /** What a register, counted from 0, holds. */
    public int register(int index) {
        return image.register(index);
    }

    /** Every byte that the board received ({@code IN}) and sent ({@code OUT}). */
    public List<TapEntry> tape() {
        return link.entries();
    }

    @Override
    public void close() {
        link.close();
        try {
            thread.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (link.state() != LinkState.CLOSED) {
            try {
                serve();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the simulated board lost its master: " + e.getMessage());
                framer.feed(new byte[0]);
                if (!link.reopens()) {
                    return;
                }
            }
        }
    }

    private void serve() throws IOException {
        for (ModbusRequest request : framer.feed(link.read(Duration.ofSeconds(1)))) {
            if (request.unit() == unit) {
                serve(request);
            }
        }
    }

    private void serve(ModbusRequest request) throws IOException {
        BoardFault now = fault;
        if (now == BoardFault.DEAF) {
            return;
        }
        byte[] answer = now == BoardFault.REFUSING
                ? ModbusSlaveCodec.encodeException(request, DEVICE_FAILURE)
                : image.execute(request);
        if (now == BoardFault.GARBLED) {
            answer[answer.length - 1] ^= 0x55;
        }
        if (now != BoardFault.MUTE) {
            link.write(answer);
        }
    }
}
