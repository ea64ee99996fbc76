package io.gatehouse.devices.lcus;

import java.util.Optional;

/**
 * What an LCUS board is told: {@code A0}, the channel, 1 for on and 0 for off, and the sum of the three; 9600 baud, 8N1.
 * Immutable and thread-safe.
 *
 * @param channel 1 to 255, as printed on the board
 * @param on      whether the relay is to be energised
 */
public record LcusCommand(int channel, boolean on) {
    /** How many bytes a command has. */
    public static final int BYTES = 4;

    /** What every command begins with. */
    public static final byte START = (byte) 0xA0;

    public LcusCommand {
        if (channel < 1 || channel > 255) {
            throw new IllegalArgumentException("an LCUS channel is 1 to 255, not " + channel);
        }
    }

    /** The bytes on the line. */
    public byte[] toBytes() {
        byte operation = (byte) (on ? 1 : 0);
        return new byte[] {START, (byte) channel, operation, (byte) (START + channel + operation)};
    }

    /** The command that these bytes are, exactly; empty if they are none. */
    public static Optional<LcusCommand> parse(byte[] bytes) {
        if (bytes.length != BYTES
                || bytes[0] != START
                || bytes[1] == 0
                || (bytes[2] & ~1) != 0
                || bytes[3] != (byte) (bytes[0] + bytes[1] + bytes[2])) {
            return Optional.empty();
        }
        return Optional.of(new LcusCommand(bytes[1] & 0xFF, bytes[2] == 1));
    }
}
