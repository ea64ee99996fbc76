package io.gatehouse.devices.scan;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A packet of Zebra's Simple Serial Interface (programmer's guide 72E-40451): its length without the checksum, opcode, who sends
 * it, status, data, and as checksum the two's complement of the sum of all of that in two bytes. Arrays are copied.
 *
 * @param opcode what it is
 * @param status bit 0: sent again; bit 1: more of the same message follows
 * @param data   at most {@value #MAX_DATA} bytes
 */
public record SsiPacket(int opcode, Sender sender, int status, byte[] data) {
    public static final int ACK = 0xD0;
    public static final int NAK = 0xD1;
    public static final int DECODE_DATA = 0xF3;
    public static final int START_SESSION = 0xE4;
    public static final int STOP_SESSION = 0xE5;

    /** {@link #NAK}'s one byte of data: send it again. */
    public static final byte RESEND = 1;

    static final int RETRANSMITTED = 1;
    static final int CONTINUED = 2;

    private static final int HEADER = 4;
    private static final int CHECKSUM = 2;
    private static final int MAX_DATA = 255 - HEADER;

    /** Who sends a packet. */
    public enum Sender {
        SCANNER(0),
        HOST(4);

        private final int number;

        Sender(int number) {
            this.number = number;
        }
    }

    public SsiPacket {
        if (opcode < 0 || opcode > 0xFF || status < 0 || status > 0xFF || data.length > MAX_DATA) {
            throw new IllegalArgumentException(
                    "an SSI packet has an opcode and a status of a byte and at most " + MAX_DATA + " bytes of data");
        }
        data = data.clone();
    }

    /** A packet of the host without data, sent for the first time. */
    public static SsiPacket ofHost(int opcode, byte... data) {
        return new SsiPacket(opcode, Sender.HOST, 0, data);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    public boolean isRetransmitted() {
        return (status & RETRANSMITTED) != 0;
    }

    /** Whether the message goes on in the next packet. */
    public boolean isContinued() {
        return (status & CONTINUED) != 0;
    }

    /** The same packet, marked as sent again. */
    public SsiPacket again() {
        return new SsiPacket(opcode, sender, status | RETRANSMITTED, data);
    }

    /** The bytes on the line. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(HEADER + data.length + CHECKSUM);
        out.write(HEADER + data.length);
        out.write(opcode);
        out.write(sender.number);
        out.write(status);
        out.writeBytes(data);
        int checksum = checksum(out.toByteArray(), out.size());
        out.write(checksum >>> 8);
        out.write(checksum);
        return out.toByteArray();
    }

    private static int checksum(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i] & 0xFF;
        }
        return -sum & 0xFFFF;
    }

    /** How many bytes the packet has that begins with this one; a length that no packet has is as long as the shortest. */
    static int length(byte first) {
        return Math.max(first & 0xFF, HEADER) + CHECKSUM;
    }

    /** The packet in these bytes, exactly; empty if the checksum is wrong or it is none. */
    public static Optional<SsiPacket> parse(byte[] bytes) {
        if (bytes.length < HEADER + CHECKSUM || bytes.length != (bytes[0] & 0xFF) + CHECKSUM) {
            return Optional.empty();
        }
        int body = bytes.length - CHECKSUM;
        int checksum = (bytes[body] & 0xFF) << 8 | (bytes[body + 1] & 0xFF);
        boolean isOfKnown = bytes[2] == Sender.SCANNER.number || bytes[2] == Sender.HOST.number;
        if (checksum != checksum(bytes, body) || !isOfKnown) {
            return Optional.empty();
        }
        Sender sender = bytes[2] == Sender.HOST.number ? Sender.HOST : Sender.SCANNER;
        return Optional.of(
                new SsiPacket(bytes[1] & 0xFF, sender, bytes[3] & 0xFF, Arrays.copyOfRange(bytes, HEADER, body)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SsiPacket that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    /** Without the data, which may be a pass. */
    @Override
    public String toString() {
        return String.format("SsiPacket[%02X, %s, status %d, %d bytes]", opcode, sender, status, data.length);
    }
}
