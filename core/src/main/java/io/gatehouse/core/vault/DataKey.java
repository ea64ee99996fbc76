package io.gatehouse.core.vault;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A data key in use. From the stored 32 bytes it derives one key to encrypt with and, when it is first asked to hash, one to
 * hash with (one block of HKDF-Expand, RFC 5869, each), so that neither is used for two things. Thread-safe.
 */
final class DataKey {
    static final int ID_BYTES = 8;

    private static final byte[] ENCRYPT = "gatehouse vault v1 encrypt\1".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HASH = "gatehouse vault v1 hash\1".getBytes(StandardCharsets.UTF_8);
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 1 + ID_BYTES;
    private static final int MIN_SEALED_BYTES = HEADER_BYTES + 12 + 16;

    private final byte[] id;
    private final byte[] subject;
    private final Aead aead;
    private final HmacKey stored;
    private volatile @Nullable HmacKey hashKey;

    private DataKey(byte[] id, byte[] subject, Aead aead, HmacKey stored) {
        this.id = id;
        this.subject = subject;
        this.aead = aead;
        this.stored = stored;
    }

    static DataKey of(byte[] id, byte[] subject, byte[] bytes) {
        HmacKey stored = new HmacKey(bytes);
        byte[] encrypting = stored.hash(ENCRYPT);
        try {
            return new DataKey(id.clone(), subject.clone(), AesGcm.of(encrypting), stored);
        } finally {
            Arrays.fill(encrypting, (byte) 0);
        }
    }

    boolean isOf(byte[] other) {
        return Arrays.equals(subject, other);
    }

    byte[] seal(byte[] clear, byte[] associated) {
        byte[] sealed = AesGcm.encrypt(aead, clear, associated);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(FORMAT)
                .put(id)
                .put(sealed)
                .array();
    }

    byte[] open(byte[] sealed, byte[] associated) throws GeneralSecurityException {
        return aead.decrypt(Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length), associated);
    }

    byte[] hash(byte[] message) {
        HmacKey derived = hashKey;
        if (derived == null) {
            // Two threads may both derive it: it is the same.
            derived = hashKey();
            hashKey = derived;
        }
        return derived.hash(message);
    }

    private HmacKey hashKey() {
        byte[] hashing = stored.hash(HASH);
        try {
            return new HmacKey(hashing);
        } finally {
            Arrays.fill(hashing, (byte) 0);
        }
    }

    static boolean isSealed(byte[] bytes) {
        return bytes.length >= MIN_SEALED_BYTES && bytes[0] == FORMAT;
    }

    /** The id of the key that sealed these bytes, as one number. */
    static long idNumber(byte[] sealed) {
        return ByteBuffer.wrap(sealed, 1, ID_BYTES).getLong();
    }

    /** The id of the key that sealed these bytes. */
    static byte[] idIn(byte[] sealed) {
        return Arrays.copyOfRange(sealed, 1, HEADER_BYTES);
    }

    @Override
    public String toString() {
        return "DataKey[redacted]";
    }
}
