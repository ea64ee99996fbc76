package io.gatehouse.devices.modbus;

import java.util.List;

/**
 * What a master asks a unit (MODBUS Application Protocol V1.1b3, section 6). Addresses count from 0 as on the wire.
 * Sealed, immutable, thread-safe; refuses with an {@link IllegalArgumentException} what the protocol cannot say.
 */
public sealed interface ModbusRequest {
    /** The unit asked, 1 to 247. */
    int unit();

    /** The function code. */
    int function();

    /** How many bytes the normal reply has in RTU, CRC included. */
    int replyLength();

    /** Whether it moves nothing, so that it may be sent again. */
    default boolean isReading() {
        return function() <= 3;
    }

    /** Function 1: which of these outputs are on. */
    record ReadCoils(int unit, int address, int count) implements ModbusRequest {
        public ReadCoils {
            ModbusLimits.unit(unit);
            ModbusLimits.span(address, count, ModbusLimits.MAX_READ_COILS);
        }

        @Override
        public int function() {
            return 1;
        }

        @Override
        public int replyLength() {
            return 5 + (count + 7) / 8;
        }
    }

    /** Function 2: which of these inputs are on. */
    record ReadInputs(int unit, int address, int count) implements ModbusRequest {
        public ReadInputs {
            ModbusLimits.unit(unit);
            ModbusLimits.span(address, count, ModbusLimits.MAX_READ_COILS);
        }

        @Override
        public int function() {
            return 2;
        }

        @Override
        public int replyLength() {
            return 5 + (count + 7) / 8;
        }
    }

    /** Function 3: what these registers hold. */
    record ReadRegisters(int unit, int address, int count) implements ModbusRequest {
        public ReadRegisters {
            ModbusLimits.unit(unit);
            ModbusLimits.span(address, count, ModbusLimits.MAX_READ_REGISTERS);
        }

        @Override
        public int function() {
            return 3;
        }

        @Override
        public int replyLength() {
            return 5 + 2 * count;
        }
    }

    /** Function 5: one output on or off. */
    record WriteCoil(int unit, int address, boolean on) implements ModbusRequest {
        static final int ON = 0xFF00;

        public WriteCoil {
            ModbusLimits.unit(unit);
            ModbusLimits.span(address, 1, 1);
        }

        @Override
        public int function() {
            return 5;
        }

        @Override
        public int replyLength() {
            return 8;
        }
    }

    /** Function 6: one register, 0 to 65535. */
    record WriteRegister(int unit, int address, int value) implements ModbusRequest {
        public WriteRegister {
            ModbusLimits.unit(unit);
            ModbusLimits.span(address, 1, 1);
            ModbusLimits.word(value);
        }

        @Override
        public int function() {
            return 6;
        }

        @Override
        public int replyLength() {
            return 8;
        }
    }

    /** Function 15: neighbouring outputs at once. */
    record WriteCoils(int unit, int address, List<Boolean> values) implements ModbusRequest {
        public WriteCoils {
            ModbusLimits.unit(unit);
            values = List.copyOf(values);
            ModbusLimits.span(address, values.size(), ModbusLimits.MAX_WRITE_COILS);
        }

        @Override
        public int function() {
            return 15;
        }

        @Override
        public int replyLength() {
            return 8;
        }
    }

    /** Function 16: neighbouring registers at once, each 0 to 65535. */
    record WriteRegisters(int unit, int address, List<Integer> values) implements ModbusRequest {
        public WriteRegisters {
            ModbusLimits.unit(unit);
            values = List.copyOf(values);
            ModbusLimits.span(address, values.size(), ModbusLimits.MAX_WRITE_REGISTERS);
            values.forEach(ModbusLimits::word);
        }

        @Override
        public int function() {
            return 16;
        }

        @Override
        public int replyLength() {
            return 8;
        }
    }
}
