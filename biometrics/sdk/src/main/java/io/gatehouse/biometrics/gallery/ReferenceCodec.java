package io.gatehouse.biometrics.gallery;

import io.gatehouse.core.identity.Purpose;
import io.gatehouse.core.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The bytes of a reference before they are sealed: form, purpose, pack, dimension and the vector, so that a row moved
 * elsewhere is noticed. From the second key of a gallery on the key's number stands behind the form. Immutable and
 * thread-safe.
 */
final class ReferenceCodec {
    private static final byte FIRST_KEY = 1;
    private static final byte NUMBERED_KEY = 2;

    private final Purpose purpose;
    private final int dimension;
    private final long generation;
    /** What the bytes of every reference of this purpose, pack and key begin with. */
    private final byte[] header;

    private final Optional<Older> older;

    /** References under the key before, and how they come to be under this. */
    private record Older(ReferenceCodec codec, UnaryOperator<float[]> turn) {}

    private ReferenceCodec(Purpose purpose, String packId, int dimension, long generation, Optional<Older> older) {
        this.purpose = purpose;
        this.dimension = dimension;
        this.generation = generation;
        this.older = older;
        byte[] purposeName = purpose.value().getBytes(StandardCharsets.UTF_8);
        byte[] packName = packId.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(headerLength(purposeName.length, packName.length, generation));
        if (generation == 0) {
            bytes.put(FIRST_KEY);
        } else {
            bytes.put(NUMBERED_KEY).putLong(generation);
        }
        this.header = bytes.putShort((short) purposeName.length)
                .put(purposeName)
                .putShort((short) packName.length)
                .put(packName)
                .putInt(dimension)
                .array();
    }

    /** Of references under a gallery's first key. */
    ReferenceCodec(Purpose purpose, String packId, int dimension) {
        this(purpose, packId, dimension, 0, Optional.empty());
    }

    /** Of references under the newest of these keys; those under the other are turned when they are decoded. */
    static ReferenceCodec of(Purpose purpose, String packId, int dimension, RotationKey.Pair keys) {
        Optional<Older> older = keys.next().map(next -> {
            var from = keys.inForce().protector(dimension);
            var to = next.protector(dimension);
            return new Older(
                    new ReferenceCodec(
                            purpose, packId, dimension, keys.inForce().generation(), Optional.empty()),
                    vector -> {
                        float[] clear = from.unprotect(vector);
                        float[] turned = to.protect(clear);
                        Arrays.fill(clear, 0);
                        Arrays.fill(vector, 0);
                        return turned;
                    });
        });
        return new ReferenceCodec(purpose, packId, dimension, keys.newest().generation(), older);
    }

    /** How many numbers a reference of a purpose and pack has by the length of its bytes; nonsense for what is none. */
    static int dimension(byte[] clear, Purpose purpose, String packId) {
        int header = headerLength(
                purpose.value().length(),
                packId.getBytes(StandardCharsets.UTF_8).length,
                clear.length > 0 && clear[0] == NUMBERED_KEY ? 1 : 0);
        return Math.max(1, (clear.length - header) / Float.BYTES);
    }

    private static int headerLength(int purpose, int pack, long generation) {
        return 1 + (generation == 0 ? 0 : Long.BYTES) + 2 * Short.BYTES + purpose + pack + Integer.BYTES;
    }

    /** The number of the key that what is encoded here is under. */
    long generation() {
        return generation;
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
        if (!isMine(clear)) {
            if (older.isPresent() && older.get().codec.isMine(clear)) {
                return older.get().turn.apply(older.get().codec.decoded(clear, id));
            }
            throw new StoreException("the reference " + id + " in the gallery for " + purpose
                    + " was sealed for another purpose or model pack: restore the database from a backup");
        }
        float[] vector = new float[dimension];
        ByteBuffer.wrap(clear, header.length, dimension * Float.BYTES)
                .asFloatBuffer()
                .get(vector);
        return vector;
    }

    private boolean isMine(byte[] clear) {
        return clear.length == header.length + dimension * Float.BYTES
                && Arrays.equals(clear, 0, header.length, header, 0, header.length);
    }
}
