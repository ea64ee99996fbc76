package io.gatehouse.devices.sim;

import io.gatehouse.devices.modbus.ModbusReply;
import io.gatehouse.devices.modbus.ModbusRequest;
import io.gatehouse.devices.modbus.ModbusSlaveCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a simulated board holds, and how it answers what it is asked. Thread-safe. */
final class BoardImage {
    private static final int UNKNOWN_ADDRESS = 2;

    private final int unit;
    private final List<Boolean> relays;
    private final List<Boolean> inputs;
    private final List<Integer> registers;

    BoardImage(int unit, int relays, int inputs, int registers) {
        this.unit = unit;
        this.relays = new ArrayList<>(Collections.nCopies(relays, false));
        this.inputs = new ArrayList<>(Collections.nCopies(inputs, false));
        this.registers = new ArrayList<>(Collections.nCopies(registers, 0));
    }

    synchronized boolean relay(int index) {
        return relays.get(index);
    }

    synchronized void setRelay(int index, boolean on) {
        relays.set(index, on);
    }

    synchronized void setInput(int index, boolean on) {
        inputs.set(index, on);
    }

    synchronized int register(int index) {
        return registers.get(index);
    }

    /** Does it and gives the frame of the answer. */
    synchronized byte[] execute(ModbusRequest request) {
        if (request instanceof ModbusRequest.ReadCoils read) {
            return has(relays, read.address(), read.count())
                    ? ModbusSlaveCodec.encodeCoils(
                            new ModbusReply.Coils(unit, part(relays, read.address(), read.count())))
                    : refuse(request);
        }
        if (request instanceof ModbusRequest.ReadInputs read) {
            return has(inputs, read.address(), read.count())
                    ? ModbusSlaveCodec.encodeInputs(
                            new ModbusReply.Inputs(unit, part(inputs, read.address(), read.count())))
                    : refuse(request);
        }
        if (request instanceof ModbusRequest.ReadRegisters read) {
            return has(registers, read.address(), read.count())
                    ? ModbusSlaveCodec.encodeRegisters(
                            new ModbusReply.Registers(unit, part(registers, read.address(), read.count())))
                    : refuse(request);
        }
        return write(request);
    }

    private byte[] write(ModbusRequest request) {
        if (request instanceof ModbusRequest.WriteCoil write) {
            return write(request, relays, write.address(), List.of(write.on()));
        }
        if (request instanceof ModbusRequest.WriteCoils write) {
            return write(request, relays, write.address(), write.values());
        }
        if (request instanceof ModbusRequest.WriteRegister write) {
            return write(request, registers, write.address(), List.of(write.value()));
        }
        ModbusRequest.WriteRegisters last = (ModbusRequest.WriteRegisters) request;
        return write(request, registers, last.address(), last.values());
    }

    private static <T> byte[] write(ModbusRequest request, List<T> kept, int address, List<T> values) {
        if (!has(kept, address, values.size())) {
            return refuse(request);
        }
        for (int i = 0; i < values.size(); i++) {
            kept.set(address + i, values.get(i));
        }
        return ModbusSlaveCodec.encodeWritten(request);
    }

    private static boolean has(List<?> kept, int address, int count) {
        return address + count <= kept.size();
    }

    private static <T> List<T> part(List<T> kept, int address, int count) {
        return kept.subList(address, address + count);
    }

    private static byte[] refuse(ModbusRequest request) {
        return ModbusSlaveCodec.encodeException(request, UNKNOWN_ADDRESS);
    }
}
