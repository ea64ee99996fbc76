package io.gatehouse.devices.modbus;

import java.util.List;

/** What a unit answers when it does what it was asked. Sealed, immutable, thread-safe. */
public sealed interface ModbusReply {
    /** The unit that answers. */
    int unit();

    /**
     * To function 1.
     *
     * @param values as many as were asked for, the first address first
     */
    record Coils(int unit, List<Boolean> values) implements ModbusReply {
        public Coils {
            ModbusLimits.unit(unit);
            values = List.copyOf(values);
        }
    }

    /**
     * To function 2.
     *
     * @param values as many as were asked for, the first address first
     */
    record Inputs(int unit, List<Boolean> values) implements ModbusReply {
        public Inputs {
            ModbusLimits.unit(unit);
            values = List.copyOf(values);
        }
    }

    /**
     * To function 3.
     *
     * @param values as many as were asked for, each 0 to 65535, the first address first
     */
    record Registers(int unit, List<Integer> values) implements ModbusReply {
        public Registers {
            ModbusLimits.unit(unit);
            values = List.copyOf(values);
            values.forEach(ModbusLimits::word);
        }
    }

    /**
     * To the writing functions: the unit says what it has written.
     *
     * @param function 5, 6, 15 or 16
     * @param address  the first address
     * @param value    the value as on the wire for 5 (0xFF00 is on) and 6, how many were written for 15 and 16
     */
    record Written(int unit, int function, int address, int value) implements ModbusReply {
        public Written {
            ModbusLimits.unit(unit);
            ModbusLimits.word(address);
            ModbusLimits.word(value);
        }
    }
}
