package io.gatehouse.devices.modbus;

/** The protocol's limits, each refused with the value and the limit. */
final class ModbusLimits {
    static final int MAX_READ_COILS = 2_000;
    static final int MAX_READ_REGISTERS = 125;
    static final int MAX_WRITE_COILS = 1_968;
    static final int MAX_WRITE_REGISTERS = 123;
    static final int MAX_FRAME = 256;

    private ModbusLimits() {}

    static void unit(int unit) {
        if (unit < 1 || unit > 247) {
            throw new IllegalArgumentException("a Modbus unit is 1 to 247, not " + unit);
        }
    }

    static void span(int address, int count, int most) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("one request is for 1 to " + most + " values, not " + count);
        }
        if (address < 0 || address + count > 0x1_0000) {
            throw new IllegalArgumentException(
                    "addresses " + address + " to " + (address + count - 1) + " are not within 0 to 65535");
        }
    }

    static void word(int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("a register holds 0 to 65535, not " + value);
        }
    }
}
