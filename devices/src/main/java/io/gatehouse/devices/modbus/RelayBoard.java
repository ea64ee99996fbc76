package io.gatehouse.devices.modbus;

import io.gatehouse.core.gate.Actuation;
import io.gatehouse.devices.door.Relay;
import java.util.Objects;

/**
 * A board of relays that are coils 0, 1, … of a Modbus unit, as on most boards sold. Thread-safe; the bus is shared
 * with the master's other users.
 */
public final class RelayBoard {
    private static final int MAX_RELAYS = 256;

    private final ModbusMaster master;
    private final int unit;
    private final int relays;

    private RelayBoard(ModbusMaster master, int unit, int relays) {
        this.master = Objects.requireNonNull(master, "master");
        ModbusLimits.unit(unit);
        if (relays < 1 || relays > MAX_RELAYS) {
            throw new IllegalArgumentException("a board has 1 to " + MAX_RELAYS + " relays, not " + relays);
        }
        this.unit = unit;
        this.relays = relays;
    }

    public static RelayBoard create(ModbusMaster master, int unit, int relays) {
        return new RelayBoard(master, unit, relays);
    }

    /**
     * One relay, counted from 0, for a door to drive.
     *
     * @throws IndexOutOfBoundsException if the board has no such relay
     */
    public Relay relay(int index) {
        Objects.checkIndex(index, relays);
        return energised -> set(index, energised);
    }

    /** Switches one relay, counted from 0, and waits for the board's word. */
    public Actuation set(int index, boolean energised) {
        Objects.checkIndex(index, relays);
        return master.execute(new ModbusRequest.WriteCoil(unit, index, energised))
                .toActuation();
    }

    /** Asks which of so many inputs are on: a {@link ModbusReply.Inputs} with one value an input, or how the asking failed. */
    public ModbusAnswer inputs(int count) {
        return master.execute(new ModbusRequest.ReadInputs(unit, 0, count));
    }

    /** Asks which relays are on: a {@link ModbusReply.Coils} with one value a relay, or how the asking failed. */
    public ModbusAnswer states() {
        return master.execute(new ModbusRequest.ReadCoils(unit, 0, relays));
    }
}
