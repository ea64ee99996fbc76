package io.gatehouse.devices.modbus;

import java.util.Arrays;

/** The CRC of Modbus RTU (MODBUS over Serial Line V1.02, 6.2.2): polynomial 0xA001 reflected, start 0xFFFF, low byte first. */
final class Crc16 {
    static final int BYTES = 2;

    private Crc16() {}

    static int of(byte[] bytes, int length) {
        int crc = 0xFFFF;
        for (int i = 0; i < length; i++) {
            crc ^= bytes[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xA001;
            }
        }
        return crc;
    }

    /** The body with its CRC behind it. */
    static byte[] append(byte[] body) {
        byte[] frame = Arrays.copyOf(body, body.length + BYTES);
        int crc = of(body, body.length);
        frame[body.length] = (byte) crc;
        frame[body.length + 1] = (byte) (crc >>> 8);
        return frame;
    }

    static boolean holds(byte[] frame) {
        if (frame.length < BYTES) {
            return false;
        }
        int crc = of(frame, frame.length - BYTES);
        return (byte) crc == frame[frame.length - 2] && (byte) (crc >>> 8) == frame[frame.length - 1];
    }
}
