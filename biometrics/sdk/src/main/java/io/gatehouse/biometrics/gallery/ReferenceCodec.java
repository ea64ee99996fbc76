package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a reference before they are sealed: form, purpose, pack, dimension and the vector, so that a row moved
 * elsewhere is noticed. Immutable and thread-safe.
 */
final class ReferenceCodec {
    private static final byte FORM = 1;

    private final Purpose purpose;
    private final int dimension;
    /** What the bytes of every reference of this purpose and pack begin with. */
    private final byte[] header;

    ReferenceCodec(Purpose purpose, String packId, int dimension) {
        this.purpose = purpose;
        this.dimension = dimension;
        byte[] purposeName = purpose.value().getBytes(StandardCharsets.UTF_8);
        byte[] packName = packId.getBytes(StandardCharsets.UTF_8);
        this.header = ByteBuffer.allocate(1 + 2 * Short.BYTES + purposeName.length + packName.length + Integer.BYTES)
                .put(FORM)
                .putShort((short) purposeName.length)
                .put(purposeName)
                .putShort((short) packName.length)
                .put(packName)
                .putInt(dimension)
                .array();
    }

    byte[] encoded(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(header.length + dimension * Float.BYTES).put(header);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    /**
     * The vector.
     *
     * @throws StoreException if it was sealed for another purpose or pack, or is not as long as it must be
     */
    float[] decoded(byte[] clear, String id) throws StoreException {
        if (clear.length != header.length + dimension * Float.BYTES
                || !Arrays.equals(clear, 0, header.length, header, 0, header.length)) {
            throw new StoreException("the reference " + id + " in the gallery for " + purpose
                    + " was sealed for another purpose or model pack: restore the database from a backup");
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(clear, header.length, dimension * Float.BYTES)
                .asFloatBuffer()
                .get(vector);
        return vector;
    }
}
