package io.gatehouse.devices.modbus;

import io.gatehouse.core.reason.Reason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of Modbus RTU as a master sees them: requests out, replies in. Stateless and thread-safe; nothing is thrown
 * for bytes that arrive. MODBUS Application Protocol V1.1b3 and MODBUS over Serial Line V1.02.
 */
public final class ModbusRtuCodec {
    /** The bytes of an exception reply, the shortest that there is. */
    public static final int EXCEPTION_LENGTH = 5;

    private static final int EXCEPTION_BIT = 0x80;

    private ModbusRtuCodec() {}

    /** A request's frame, CRC included. */
    public static byte[] encode(ModbusRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(request.unit());
        out.write(request.function());
        if (request instanceof ModbusRequest.ReadCoils read) {
            words(out, read.address(), read.count());
        } else if (request instanceof ModbusRequest.ReadInputs read) {
            words(out, read.address(), read.count());
        } else if (request instanceof ModbusRequest.ReadRegisters read) {
            words(out, read.address(), read.count());
        } else if (request instanceof ModbusRequest.WriteCoil write) {
            words(out, write.address(), write.on() ? ModbusRequest.WriteCoil.ON : 0);
        } else if (request instanceof ModbusRequest.WriteRegister write) {
            words(out, write.address(), write.value());
        } else if (request instanceof ModbusRequest.WriteCoils write) {
            words(out, write.address(), write.values().size());
            counted(out, packed(write.values()));
        } else if (request instanceof ModbusRequest.WriteRegisters write) {
            words(out, write.address(), write.values().size());
            out.write(2 * write.values().size());
            write.values().forEach(value -> words(out, value));
        }
        return Crc16.append(out.toByteArray());
    }

    /** How many bytes a frame that begins so will have; the longest prefix needed is {@value #EXCEPTION_LENGTH} bytes. */
    static int expectedLength(ModbusRequest request, byte[] begun, int count) {
        boolean exception = count >= 2 && (begun[1] & EXCEPTION_BIT) != 0;
        return exception ? EXCEPTION_LENGTH : request.replyLength();
    }

    /** What a whole frame says to a request. */
    public static ModbusAnswer decodeReply(ModbusRequest request, byte[] frame) {
        if (frame.length < EXCEPTION_LENGTH) {
            return noReply(
                    "modbus.length",
                    "unit %d sent %d bytes, the shortest reply has %d",
                    request.unit(),
                    frame.length,
                    EXCEPTION_LENGTH);
        }
        if (!Crc16.holds(frame)) {
            return noReply("modbus.crc", "the reply of unit %d was damaged on the way", request.unit());
        }
        int unit = frame[0] & 0xFF;
        int function = frame[1] & 0xFF;
        if (unit != request.unit()) {
            return noReply("modbus.unit", "unit %d answered for unit %d", unit, request.unit());
        }
        if (function == (request.function() | EXCEPTION_BIT) && frame.length == EXCEPTION_LENGTH) {
            return refused(request, frame[2] & 0xFF);
        }
        if (function != request.function()) {
            return noReply(
                    "modbus.function",
                    "unit %d answered function %d to function %d",
                    unit,
                    function,
                    request.function());
        }
        if (frame.length != request.replyLength()) {
            return noReply(
                    "modbus.length", "unit %d sent %d bytes instead of %d", unit, frame.length, request.replyLength());
        }
        return request.isReading() ? values(request, frame) : written(request, frame);
    }

    private static ModbusAnswer values(ModbusRequest request, byte[] frame) {
        int bytes = frame[2] & 0xFF;
        if (bytes != request.replyLength() - EXCEPTION_LENGTH) {
            return noReply(
                    "modbus.length", "unit %d counts %d bytes in a reply of %d", request.unit(), bytes, frame.length);
        }
        if (request instanceof ModbusRequest.ReadRegisters read) {
            return new ModbusAnswer.Replied(new ModbusReply.Registers(read.unit(), words(frame, read.count())));
        }
        if (request instanceof ModbusRequest.ReadInputs read) {
            return new ModbusAnswer.Replied(new ModbusReply.Inputs(read.unit(), unpacked(frame, 3, read.count())));
        }
        int count = ((ModbusRequest.ReadCoils) request).count();
        return new ModbusAnswer.Replied(new ModbusReply.Coils(request.unit(), unpacked(frame, 3, count)));
    }

    static List<Boolean> unpacked(byte[] frame, int from, int count) {
        List<Boolean> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add((frame[from + i / 8] >> i % 8 & 1) == 1);
        }
        return values;
    }

    private static List<Integer> words(byte[] frame, int count) {
        List<Integer> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(word(frame, 3 + 2 * i));
        }
        return values;
    }

    /** A write is believed only if the unit repeats the address and the value, or the number of values. */
    private static ModbusAnswer written(ModbusRequest request, byte[] frame) {
        byte[] sent = encode(request);
        for (int i = 2; i < 6; i++) {
            if (frame[i] != sent[i]) {
                return noReply(
                        "modbus.echo", "unit %d says that it did something else than it was told", request.unit());
            }
        }
        return new ModbusAnswer.Replied(
                new ModbusReply.Written(request.unit(), request.function(), word(frame, 2), word(frame, 4)));
    }

    private static ModbusAnswer refused(ModbusRequest request, int code) {
        String meaning = switch (code) {
            case 1 -> "it does not know the function";
            case 2 -> "it does not have the address";
            case 3 -> "it does not take the value";
            case 4 -> "it has a fault";
            case 6 -> "it is busy";
            default -> "it does not say why";
        };
        return new ModbusAnswer.Refused(
                code,
                Reason.format(
                        "modbus.exception",
                        "Unit %d refused function %d with exception %d: %s.",
                        request.unit(),
                        request.function(),
                        code,
                        meaning));
    }

    private static ModbusAnswer noReply(String code, String format, Object... arguments) {
        return new ModbusAnswer.NoReply(
                Reason.format(code, "No usable answer: " + format + "; it may or may not have acted.", arguments));
    }

    private static void words(ByteArrayOutputStream out, int... words) {
        for (int word : words) {
            out.write(word >>> 8);
            out.write(word);
        }
    }

    private static void counted(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    static byte[] packed(List<Boolean> values) {
        byte[] bytes = new byte[(values.size() + 7) / 8];
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i)) {
                bytes[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bytes;
    }

    static int word(byte[] frame, int at) {
        return (frame[at] & 0xFF) << 8 | (frame[at + 1] & 0xFF);
    }
}
