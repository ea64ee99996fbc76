package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A key-encryption key from a passphrase. A wrapped key begins with the parameters of its derivation, which are
 * authenticated with it:
 *
 * <pre>
 * 4 bytes  "GKP" and 1, the version     4 bytes  memory in KiB     4 bytes  passes     4 bytes  lanes
 * 16 bytes salt                         the rest: the key, AES-256-GCM
 * </pre>
 */
final class PassphraseKey implements KeyEncryptionKey {
    private static final byte[] MAGIC = {'G', 'K', 'P', 1};
    private static final int SALT_BYTES = 16;
    private static final int HEADER_BYTES = MAGIC.length + 3 * Integer.BYTES + SALT_BYTES;
    private static final int MIN_CHARACTERS = 8;
    private static final int MAX_UTF8_BYTES = 3;
    private static final int MEMORY_KIB = 64 << 10;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    // An altered header must not make us derive for hours or use up the memory.
    private static final int MAX_MEMORY_KIB = 1 << 20;
    private static final int MAX_PASSES = 64;
    private static final int MAX_LANES = 64;

    private final char[] passphrase;

    PassphraseKey(char[] passphrase) {
        if (passphrase.length < MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    "a passphrase has at least " + MIN_CHARACTERS + " characters, this one " + passphrase.length);
        }
        this.passphrase = passphrase.clone();
    }

    @Override
    public String kind() {
        return "passphrase";
    }

    @Override
    public byte[] wrap(byte[] key) {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .putInt(MEMORY_KIB)
                .putInt(PASSES)
                .putInt(LANES)
                .put(Random.randBytes(SALT_BYTES))
                .array();
        byte[] own = derive(header);
        try {
            byte[] sealed = AesGcm.encrypt(AesGcm.of(own), key, header);
            return ByteBuffer.allocate(header.length + sealed.length)
                    .put(header)
                    .put(sealed)
                    .array();
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws VaultException {
        if (wrapped.length < HEADER_BYTES || !Arrays.equals(MAGIC, Arrays.copyOf(wrapped, MAGIC.length))) {
            throw new VaultException("This vault was not made with a passphrase: open it with what it was made with.");
        }
        byte[] header = Arrays.copyOf(wrapped, HEADER_BYTES);
        requireBounded(header);
        byte[] own = derive(header);
        try {
            return AesGcm.of(own).decrypt(Arrays.copyOfRange(wrapped, HEADER_BYTES, wrapped.length), header);
        } catch (GeneralSecurityException e) {
            throw new VaultException(
                    "The passphrase is not the one that this vault was made with, or the vault was altered:"
                            + " try the passphrase again.",
                    e);
        } finally {
            Arrays.fill(own, (byte) 0);
        }
    }

    private static void requireBounded(byte[] header) throws VaultException {
        ByteBuffer fields = ByteBuffer.wrap(header).position(MAGIC.length);
        int memory = fields.getInt();
        int passes = fields.getInt();
        int lanes = fields.getInt();
        if (lanes < 1
                || lanes > MAX_LANES
                || passes < 1
                || passes > MAX_PASSES
                || memory < 8 * lanes
                || memory > MAX_MEMORY_KIB) {
            throw new VaultException("The vault's wrapped key was altered: it asks for " + memory + " KiB, " + passes
                    + " passes and " + lanes + " lanes. Restore the last backup.");
        }
    }

    private byte[] derive(byte[] header) {
        ByteBuffer fields = ByteBuffer.wrap(header).position(MAGIC.length);
        Argon2Parameters.Builder parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(fields.getInt())
                .withIterations(fields.getInt())
                .withParallelism(fields.getInt())
                .withSalt(Arrays.copyOfRange(header, HEADER_BYTES - SALT_BYTES, HEADER_BYTES));
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(parameters.build());
        ByteBuffer encoded = ByteBuffer.allocate(passphrase.length * MAX_UTF8_BYTES);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(passphrase), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        byte[] key = new byte[AesGcm.KEY_BYTES];
        try {
            argon2.generateBytes(bytes, key);
            return key;
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(passphrase, '\0');
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[passphrase, redacted]";
    }
}
