package io.gatehouse.core.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

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

    /**
     * An AES or RSA key (of at least 2,048 bits, with its certificate) in a PKCS#12 file. The file is read by this call.
     *
     * @param password of the file and its key; copied, the caller wipes its own
     * @throws VaultException if the file is missing, altered or has another password
     */
    static KeyEncryptionKey ofPkcs12(Path file, String alias, char[] password) throws IOException {
        return KeyStoreKey.ofPkcs12(file, alias, password);
    }

    /**
     * An AES or RSA key (with its certificate) in a key store that is loaded already. This is how a device comes in,
     * whose keys never leave it:
     *
     * <pre>{@code
     * Provider device = Security.getProvider("SunPKCS11").configure("pkcs11.cfg");
     * KeyStore keys = KeyStore.getInstance("PKCS11", device);
     * keys.load(null, pin);
     * KeyEncryptionKey outer = KeyEncryptionKey.ofKeyStore(keys, "gatehouse", new char[0]);
     * }</pre>
     *
     * Of a device an AES key that may encrypt and decrypt by GCM is needed: the platform's PKCS#11 provider has no
     * RSA-OAEP.
     *
     * @param password of the key, empty if the store asks for none; copied, the caller wipes its own
     */
    static KeyEncryptionKey ofKeyStore(KeyStore keyStore, String alias, char[] password) {
        return new KeyStoreKey(keyStore, alias, password);
    }

    /**
     * A key that a service encrypts and decrypts with, for example a cloud's through any of Tink's {@code Aead}s:
     * {@code ofService("AWS KMS", aead::encrypt, aead::decrypt)}. It is asked once at each start.
     *
     * @param name for messages, 1 to 64 characters
     */
    static KeyEncryptionKey ofService(String name, AeadOperation encrypt, AeadOperation decrypt) {
        return new ServiceKey(name, encrypt, decrypt);
    }

    /** Authenticated encryption, or its reverse, by a key that is elsewhere. Thread-safe. */
    @FunctionalInterface
    interface AeadOperation {

        /**
         * Encrypts or decrypts; must not keep or change what it is given.
         *
         * @param associated authenticated but not encrypted
         * @throws GeneralSecurityException if the bytes are not genuine, or the key cannot be used or reached
         */
        byte[] apply(byte[] bytes, byte[] associated) throws GeneralSecurityException;
    }
}
