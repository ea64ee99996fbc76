package io.gatehouse.devices.document;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A message between a host and a reader of resident cards, as their common serial protocol (SDT) has it: {@code AA AA AA 96 69}, the
 * length of what follows in two bytes, the body, and the exclusive or of length and body. The body is a command and its parameter
 * from the host, and three status bytes and data from the reader. Arrays are copied.
 *
 * @param body 1 to {@value #MAX_BODY} bytes
 */
public record SdtFrame(byte[] body) {
    /** More than the text, picture and finger data of a card. */
    static final int MAX_BODY = 4_096;

    private static final byte[] PREAMBLE = {(byte) 0xAA, (byte) 0xAA, (byte) 0xAA, (byte) 0x96, 0x69};

    public SdtFrame {
        if (body.length == 0 || body.length > MAX_BODY) {
            throw new IllegalArgumentException("a message has 1 to " + MAX_BODY + " bytes, not " + body.length);
        }
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The bytes on the line. */
    public byte[] toBytes() {
        byte[] bytes = ByteBuffer.allocate(PREAMBLE.length + Short.BYTES + body.length + 1)
                .put(PREAMBLE)
                .putShort((short) (body.length + 1))
                .put(body)
                .array();
        bytes[bytes.length - 1] = check(bytes);
        return bytes;
    }

    private static byte check(byte[] bytes) {
        byte check = 0;
        for (int i = PREAMBLE.length; i < bytes.length - 1; i++) {
            check ^= bytes[i];
        }
        return check;
    }

    /** How far a stream is from a whole message. */
    enum Progress {
        MORE,
        WHOLE,
        NONE
    }

    /** Whether these bytes begin a message, are one, or are none. */
    static Progress progress(byte[] bytes) {
        int compared = Math.min(bytes.length, PREAMBLE.length);
        if (!Arrays.equals(bytes, 0, compared, PREAMBLE, 0, compared)) {
            return Progress.NONE;
        }
        int header = PREAMBLE.length + Short.BYTES;
        if (bytes.length < header) {
            return Progress.MORE;
        }
        int length = ByteBuffer.wrap(bytes).getShort(PREAMBLE.length) & 0xFFFF;
        if (length < 2 || length > MAX_BODY + 1) {
            return Progress.NONE;
        }
        return bytes.length < header + length ? Progress.MORE : Progress.WHOLE;
    }

    /** The message in these bytes, exactly; empty if it is none or its check byte is wrong. */
    public static Optional<SdtFrame> parse(byte[] bytes) {
        int header = PREAMBLE.length + Short.BYTES;
        if (progress(bytes) != Progress.WHOLE
                || bytes.length != header + (ByteBuffer.wrap(bytes).getShort(PREAMBLE.length) & 0xFFFF)
                || bytes[bytes.length - 1] != check(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new SdtFrame(Arrays.copyOfRange(bytes, header, bytes.length - 1)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SdtFrame that && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(body);
    }

    /** Without the body, which may be a person's. */
    @Override
    public String toString() {
        return "SdtFrame[" + body.length + " bytes]";
    }
}
