package io.gatehouse.devices.sim;

import io.gatehouse.devices.link.Link;
import io.gatehouse.devices.modbus.ModbusReply;
import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.modbus.ModbusSlaveCodec;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A relay board that speaks Modbus RTU on the other end of a link: coils 0, 1, …, functions 1, 5 and 15. It shows every
 * byte and misbehaves on request. Runs on a thread of its own until it is closed, which closes its link. Thread-safe.
 */
public final class SimulatedRelayBoard implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SimulatedRelayBoard.class.getName());
    private static final int UNKNOWN_FUNCTION = 1;
    private static final int UNKNOWN_ADDRESS = 2;
    private static final int DEVICE_FAILURE = 4;

    private final LinkTap link;
    private final int unit;
    private final List<Boolean> relays;
    private final RequestFramer framer = new RequestFramer();
    private final Thread thread;
    private volatile BoardFault fault = BoardFault.NONE;

    private SimulatedRelayBoard(LinkTap link, int unit, int relays) {
        this.link = link;
        this.unit = unit;
        this.relays = new ArrayList<>(Collections.nCopies(relays, false));
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
        synchronized (relays) {
            return relays.get(relay);
        }
    }

    /** Switches a relay by hand, as something else than its master would. */
    public void force(int relay, boolean energised) {
        synchronized (relays) {
            relays.set(relay, energised);
        }
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
        byte[] answer = now == BoardFault.REFUSING
                ? ModbusSlaveCodec.encodeException(request, DEVICE_FAILURE)
                : execute(request);
        if (now == BoardFault.GARBLED) {
            answer[answer.length - 1] ^= 0x55;
        }
        if (now != BoardFault.MUTE) {
            link.write(answer);
        }
    }

    private byte[] execute(ModbusRequest request) {
        synchronized (relays) {
            Optional<byte[]> done = Optional.empty();
            if (request instanceof ModbusRequest.ReadCoils read) {
                done = has(read.address(), read.count())
                        ? Optional.of(ModbusSlaveCodec.encodeCoils(new ModbusReply.Coils(
                                unit, relays.subList(read.address(), read.address() + read.count()))))
                        : done;
            } else if (request instanceof ModbusRequest.WriteCoil write) {
                done = write(request, write.address(), List.of(write.on()));
            } else if (request instanceof ModbusRequest.WriteCoils write) {
                done = write(request, write.address(), write.values());
            } else {
                return ModbusSlaveCodec.encodeException(request, UNKNOWN_FUNCTION);
            }
            return done.orElseGet(() -> ModbusSlaveCodec.encodeException(request, UNKNOWN_ADDRESS));
        }
    }

    private Optional<byte[]> write(ModbusRequest request, int address, List<Boolean> values) {
        if (!has(address, values.size())) {
            return Optional.empty();
        }
        for (int i = 0; i < values.size(); i++) {
            relays.set(address + i, values.get(i));
        }
        return Optional.of(ModbusSlaveCodec.encodeWritten(request));
    }

    private boolean has(int address, int count) {
        return address + count <= relays.size();
    }
}
