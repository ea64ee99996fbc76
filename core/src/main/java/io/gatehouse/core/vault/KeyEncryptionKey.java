package io.gatehouse.core.vault;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Port to the outermost key, which wraps the vault's store key and nothing else, so that it is asked once at every
 * start: a passphrase, a key file, or a key service. Whoever loses it loses everything in the vault; what to back up
 * is the passphrase or the file, apart from the database. Implementations are thread-safe.
 */
public interface KeyEncryptionKey extends AutoCloseable {

    /** What kind of key this is, in a few words for people; no secret. */
    String kind();

    /** Encrypts a key; the result carries what {@link #unwrap} needs besides the outermost key, such as a salt. */
    byte[] wrap(byte[] key) throws IOException;

    /**
     * Decrypts what {@link #wrap} made. The caller wipes the result.
     *
     * @throws VaultException if this is not the key that wrapped it, or the bytes were altered
     */
    byte[] unwrap(byte[] wrapped) throws IOException;

    /** Wipes what is kept in memory. */
    @Override
    default void close() {}

    /**
     * A key derived from a passphrase by Argon2id (RFC 9106: 64 MiB, 3 passes, 4 lanes, a random salt of 16 bytes).
     *
     * @param passphrase at least 8 characters; copied, the caller wipes its own
     */
    static KeyEncryptionKey ofPassphrase(char[] passphrase) {
        return new PassphraseKey(passphrase);
    }

    /**
     * A key of 32 random bytes in a file, which is made, readable by its owner only, when a vault is first made with
     * it. Once there is a vault, a missing file is an error and never replaced.
     */
    static KeyEncryptionKey ofKeyFile(Path file) {
        return new FileKey(file);
    }
}
