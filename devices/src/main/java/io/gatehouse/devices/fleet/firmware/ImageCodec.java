package io.gatehouse.devices.fleet.firmware;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an image: {@code GHFW}, 1, the kind with its length before it, six numbers of 16 bits for its version and
 * the one it requires, the payload with its length of 32 bits before it. Behind these the signature over all of them.
 */
final class ImageCodec {
    static final int SIGNATURE = 64;

    private static final int MAGIC = 0x47484657;
    private static final int FORM = 1;

    private ImageCodec() {}

    static byte[] encode(FirmwareImage image) {
        byte[] kind = image.kind().getBytes(StandardCharsets.US_ASCII);
        byte[] payload = image.payload();
        ByteBuffer bytes = ByteBuffer.allocate(4 + 1 + 1 + kind.length + 12 + 4 + payload.length);
        bytes.putInt(MAGIC).put((byte) FORM).put((byte) kind.length).put(kind);
        put(bytes, image.version());
        put(bytes, image.requires());
        return bytes.putInt(payload.length).put(payload).array();
    }

    /**
     * Reads what was signed.
     *
     * @throws IllegalArgumentException if it is not exactly one image
     */
    static FirmwareImage decode(byte[] signed) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(signed);
            if (bytes.getInt() != MAGIC || bytes.get() != FORM) {
                throw new IllegalArgumentException("it does not begin as an image of form " + FORM + " does");
            }
            byte[] kind = new byte[bytes.get() & 0x3F];
            bytes.get(kind);
            FirmwareVersion version = version(bytes);
            FirmwareVersion requires = version(bytes);
            int length = bytes.getInt();
            if (length != bytes.remaining()) {
                throw new IllegalArgumentException(
                        "it says that it has " + length + " bytes and has " + bytes.remaining());
            }
            byte[] payload = new byte[length];
            bytes.get(payload);
            return new FirmwareImage(new String(kind, StandardCharsets.US_ASCII), version, requires, payload);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it is cut off", e);
        }
    }

    private static void put(ByteBuffer bytes, FirmwareVersion version) {
        bytes.putShort((short) version.major())
                .putShort((short) version.minor())
                .putShort((short) version.patch());
    }

    private static FirmwareVersion version(ByteBuffer bytes) {
        return new FirmwareVersion(bytes.getShort() & 0xFFFF, bytes.getShort() & 0xFFFF, bytes.getShort() & 0xFFFF);
    }
}
