package io.gatehouse.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** The key of a backup directory in its file: a check value of 32 bytes and the key, wrapped by the outer one. Stateless. */
final class BackupKeyFile {
    private static final String KEY_CHECK = "gatehouse backup key check v1";

    private BackupKeyFile() {}

    /** The key's cipher; where there is no backup yet, of a new key. */
    static BackupCipher open(BackupFiles files, BackupKey outer) throws IOException {
        if (!files.hasKey()) {
            return make(files, outer);
        }
        byte[] stored = files.readKey();
        byte[] key = stored.length < BackupCipher.NAME_BYTES
                ? new byte[0]
                : outer.unwrap(Arrays.copyOfRange(stored, BackupCipher.NAME_BYTES, stored.length));
        if (key.length == BackupCipher.KEY_BYTES) {
            BackupCipher cipher = new BackupCipher(key, new SecureRandom());
            Arrays.fill(key, (byte) 0);
            if (MessageDigest.isEqual(checkOf(cipher), Arrays.copyOf(stored, BackupCipher.NAME_BYTES))) {
                return cipher;
            }
        }
        throw new StoreException("These backups were made with another key, or their file " + BackupFiles.KEY
                + " was altered: open them with the key that made them.");
    }

    private static BackupCipher make(BackupFiles files, BackupKey outer) throws IOException {
        if (!files.numbers().isEmpty()) {
            throw new StoreException("The file " + BackupFiles.KEY + " is missing beside the backups: put it back.");
        }
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[BackupCipher.KEY_BYTES];
        random.nextBytes(key);
        BackupCipher cipher = new BackupCipher(key, random);
        byte[] wrapped = outer.wrap(key);
        Arrays.fill(key, (byte) 0);
        files.writeKey(ByteBuffer.allocate(BackupCipher.NAME_BYTES + wrapped.length)
                .put(checkOf(cipher))
                .put(wrapped)
                .array());
        return cipher;
    }

    private static byte[] checkOf(BackupCipher cipher) {
        return cipher.name(KEY_CHECK.getBytes(StandardCharsets.UTF_8));
    }
}
