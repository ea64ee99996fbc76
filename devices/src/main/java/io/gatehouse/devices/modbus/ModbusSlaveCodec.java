package io.gatehouse.devices.modbus;

import io.gatehouse.devices.modbus.ModbusRequest.ReadCoils;
import io.gatehouse.devices.modbus.ModbusRequest.ReadInputs;
import io.gatehouse.devices.modbus.ModbusRequest.ReadRegisters;
import io.gatehouse.devices.modbus.ModbusRequest.WriteCoil;
import io.gatehouse.devices.modbus.ModbusRequest.WriteCoils;
import io.gatehouse.devices.modbus.ModbusRequest.WriteRegister;
import io.gatehouse.devices.modbus.ModbusRequest.WriteRegisters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames of Modbus RTU as a unit sees them: requests in, replies out; for simulators and gateways. Stateless and
 * thread-safe; nothing is thrown for bytes that arrive.
 */
public final class ModbusSlaveCodec {
    /** The longest frame of Modbus RTU in bytes. */
    public static final int MAX_FRAME = ModbusLimits.MAX_FRAME;

    private static final int COUNT_AT = 6;

    private ModbusSlaveCodec() {}

    /** How many bytes the request that begins so will have, more than there are while that is not known; 0 if none begins so. */
    public static int expectedLength(byte[] begun) {
        if (begun.length < 2) {
            return 2;
        }
        return switch (begun[1]) {
            case 1, 2, 3, 5, 6 -> 8;
            case 15, 16 ->
                begun.length <= COUNT_AT ? COUNT_AT + 1 : COUNT_AT + 1 + (begun[COUNT_AT] & 0xFF) + Crc16.BYTES;
            default -> 0;
        };
    }

    /** The request of a whole frame, or empty if it is damaged or says what cannot be said. */
    public static Optional<ModbusRequest> decode(byte[] frame) {
        if (frame.length < 8
                || frame.length > MAX_FRAME
                || expectedLength(frame) != frame.length
                || !Crc16.holds(frame)) {
            return Optional.empty();
        }
        int unit = frame[0] & 0xFF;
        int address = ModbusRtuCodec.word(frame, 2);
        int value = ModbusRtuCodec.word(frame, 4);
        try {
            return switch (frame[1]) {
                case 1 -> Optional.of(new ReadCoils(unit, address, value));
                case 2 -> Optional.of(new ReadInputs(unit, address, value));
                case 3 -> Optional.of(new ReadRegisters(unit, address, value));
                case 5 ->
                    value == WriteCoil.ON || value == 0
                            ? Optional.of(new WriteCoil(unit, address, value != 0))
                            : Optional.empty();
                case 6 -> Optional.of(new WriteRegister(unit, address, value));
                case 15 -> coils(frame, unit, address, value);
                default -> registers(frame, unit, address, value);
            };
        } catch (IllegalArgumentException outsideOfTheProtocol) {
            return Optional.empty();
        }
    }

    /** The reply of a unit that has written what it was told. */
    public static byte[] encodeWritten(ModbusRequest request) {
        byte[] sent = ModbusRtuCodec.encode(request);
        byte[] body = new byte[COUNT_AT];
        System.arraycopy(sent, 0, body, 0, COUNT_AT);
        return Crc16.append(body);
    }

    /** The reply with the states of outputs. */
    public static byte[] encodeCoils(ModbusReply.Coils reply) {
        return counted(reply.unit(), 1, ModbusRtuCodec.packed(reply.values()));
    }

    /** The reply with the states of inputs. */
    public static byte[] encodeInputs(ModbusReply.Inputs reply) {
        return counted(reply.unit(), 2, ModbusRtuCodec.packed(reply.values()));
    }

    /** The reply with what registers hold. */
    public static byte[] encodeRegisters(ModbusReply.Registers reply) {
        ByteBuffer words = ByteBuffer.allocate(2 * reply.values().size());
        reply.values().forEach(value -> words.putShort(value.shortValue()));
        return counted(reply.unit(), 3, words.array());
    }

    private static byte[] counted(int unit, int function, byte[] bytes) {
        return Crc16.append(ByteBuffer.allocate(3 + bytes.length)
                .put((byte) unit)
                .put((byte) function)
                .put((byte) bytes.length)
                .put(bytes)
                .array());
    }

    /** The reply of a unit that refuses. */
    public static byte[] encodeException(ModbusRequest request, int code) {
        return Crc16.append(new byte[] {(byte) request.unit(), (byte) (request.function() | 0x80), (byte) code});
    }

    private static Optional<ModbusRequest> coils(byte[] frame, int unit, int address, int count) {
        if ((frame[COUNT_AT] & 0xFF) != (count + 7) / 8) {
            return Optional.empty();
        }
        return Optional.of(new WriteCoils(unit, address, ModbusRtuCodec.unpacked(frame, COUNT_AT + 1, count)));
    }

    private static Optional<ModbusRequest> registers(byte[] frame, int unit, int address, int count) {
        if ((frame[COUNT_AT] & 0xFF) != 2 * count) {
            return Optional.empty();
        }
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(ModbusRtuCodec.word(frame, COUNT_AT + 1 + 2 * i));
        }
        return Optional.of(new WriteRegisters(unit, address, values));
    }
}
