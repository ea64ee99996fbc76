package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.modbus.ModbusSlaveCodec;
import io.gatehouse.devices.relay.TimedRelayBoard;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The other end of a {@link TimedRelayBoard}: relays that fall back by themselves, by the board's own clock. Misbehaves on
 * request. Runs on a thread of its own until it is closed, which closes its link. Thread-safe.
 */
public final class SimulatedTimedBoard implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SimulatedTimedBoard.class.getName());
    private static final int UNKNOWN_FUNCTION = 1;
    private static final int UNKNOWN_ADDRESS = 2;
    private static final int UNKNOWN_VALUE = 3;
    private static final int DEVICE_FAILURE = 4;

    private final Link link;
    private final int unit;
    private final long[] onUntil;
    private final LongSupplier nanoTime;
    private final long origin;
    private final RequestFramer framer = new RequestFramer();
    private final Thread thread;
    private volatile BoardFault fault = BoardFault.NONE;

    private SimulatedTimedBoard(Link link, int unit, int relays, LongSupplier nanoTime) {
        this.link = link;
        this.unit = unit;
        this.onUntil = new long[relays];
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.thread = new Thread(this::run, "gatehouse-simulated-timed-board " + link.url());
        thread.setDaemon(true);
    }

    /** Starts a board with all its relays off, whose clock counts nanoseconds. */
    public static SimulatedTimedBoard open(Link link, int unit, int relays, LongSupplier nanoTime) {
        SimulatedTimedBoard board = new SimulatedTimedBoard(link, unit, relays, nanoTime);
        board.thread.start();
        return board;
    }

    /** From now on it misbehaves so. */
    public void misbehave(BoardFault value) {
        fault = Objects.requireNonNull(value, "fault");
    }

    /** Whether a relay, counted from 0, is energised now. */
    public synchronized boolean isOn(int relay) {
        return onUntil[relay] > nanoTime.getAsLong() - origin;
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
        try {
            while (true) {
                for (ModbusRequest request : framer.feed(link.read(Duration.ofSeconds(1)))) {
                    if (request.unit() == unit) {
                        serve(request);
                    }
                }
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the simulated board stops: " + e.getMessage());
        }
    }

    private void serve(ModbusRequest request) throws IOException {
        BoardFault now = fault;
        if (now == BoardFault.DEAF) {
            return;
        }
        int refused = now == BoardFault.REFUSING ? DEVICE_FAILURE : execute(request);
        byte[] answer = refused == 0
                ? ModbusSlaveCodec.encodeWritten(request)
                : ModbusSlaveCodec.encodeException(request, refused);
        if (now == BoardFault.GARBLED) {
            answer[answer.length - 1] ^= 0x55;
        }
        if (now != BoardFault.MUTE) {
            link.write(answer);
        }
    }

    /** The exception code, zero for none. */
    private synchronized int execute(ModbusRequest request) {
        if (!(request instanceof ModbusRequest.WriteRegister write)) {
            return UNKNOWN_FUNCTION;
        }
        int relay = write.address() - 1;
        if (relay < 0 || relay >= onUntil.length) {
            return UNKNOWN_ADDRESS;
        }
        if (write.value() == TimedRelayBoard.ON) {
            onUntil[relay] = Long.MAX_VALUE;
        } else if (write.value() == TimedRelayBoard.OFF) {
            onUntil[relay] = 0;
        } else if ((write.value() & 0xFF00) == TimedRelayBoard.ON_FOR) {
            long nanos = Duration.ofSeconds(write.value() & 0xFF).toNanos();
            onUntil[relay] = nanoTime.getAsLong() - origin + nanos;
        } else {
            return UNKNOWN_VALUE;
        }
        return 0;
    }
}
