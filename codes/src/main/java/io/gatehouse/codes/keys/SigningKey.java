package io.gatehouse.codes.keys;

import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An issuer's private key. Whoever has it can make any pass that it may sign: keep it sealed in a vault, or in a key store or
 * device that it never leaves. {@code toString} tells nothing of it. Immutable and thread-safe.
 */
public final class SigningKey {
    private static final String SECRET_NAME = "codes.signing-key.";

    private final KeyId id;
    private final KeyKind kind;
    private final byte[] publicKey;
    private final PrivateHalf privateHalf;

    SigningKey(KeyId id, KeyKind kind, byte[] publicKey, PrivateHalf privateHalf) {
        this.id = Objects.requireNonNull(id, "id");
        this.kind = kind;
        this.publicKey = publicKey;
        this.privateHalf = privateHalf;
    }

    /** A new Ed25519 key. */
    public static SigningKey generate(KeyId id, SecureRandom random) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(random, secret);
        return ofOwnSecret(id, secret);
    }

    /**
     * An Ed25519 key that was exported.
     *
     * @throws IllegalArgumentException if the secret has not 32 bytes
     */
    public static SigningKey of(KeyId id, byte[] secret) {
        if (secret.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 private key has " + Ed25519.SECRET_KEY_SIZE + " bytes, this one " + secret.length);
        }
        return ofOwnSecret(id, secret.clone());
    }

    private static SigningKey ofOwnSecret(KeyId id, byte[] secret) {
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, publicKey, 0);
        return new SigningKey(id, KeyKind.ED25519, publicKey, new OwnSecret(secret, publicKey));
    }

    /**
     * A key that {@link #seal} sealed under the same id.
     *
     * @throws IOException if the bytes were altered, have another id, or are of another vault
     */
    public static SigningKey ofSealed(KeyId id, Vault vault, byte[] sealed) throws IOException {
        byte[] secret = vault.openSecret(SECRET_NAME + id, sealed);
        try {
            return of(id, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * A key pair with its certificate in a PKCS#12 file, which is read by this call: Ed25519 or EC on P-256.
     *
     * @param password of the file and its key; copied, the caller wipes its own
     * @throws IOException if the file is missing, altered or has another password, or there is no such key in it
     */
    public static SigningKey ofPkcs12(KeyId id, Path file, String alias, char[] password) throws IOException {
        return KeyStoreSecret.ofPkcs12(id, file, alias, password);
    }

    /**
     * A key pair with its certificate in a key store that is loaded already: Ed25519, or EC on P-256, which is what devices
     * behind PKCS#11 have; there it signs within the device and never leaves it.
     *
     * @param password of the key, empty if the store asks for none; not kept
     * @throws IOException if there is no such key in it, or it cannot be reached
     */
    public static SigningKey ofKeyStore(KeyId id, KeyStore keyStore, String alias, char[] password) throws IOException {
        return KeyStoreSecret.of(id, keyStore, alias, password);
    }

    public KeyId id() {
        return id;
    }

    public KeyKind kind() {
        return kind;
    }

    /** The public half, active, for the house's own passes of every kind. */
    public IssuerKey issuerKey() {
        return issuerKey(KeyScope.HOUSE_PASSES);
    }

    /** The public half, active, for the key rings of the gates. */
    public IssuerKey issuerKey(KeyScope scope) {
        return IssuerKey.of(id, kind, publicKey, scope);
    }

    /**
     * The key encrypted by a vault, to be stored wherever the issuer stores things.
     *
     * @throws IllegalStateException if it is in a key store, which it does not leave
     */
    public byte[] seal(Vault vault) throws IOException {
        byte[] secret = exportSecret();
        try {
            return vault.sealSecret(SECRET_NAME + id, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /**
     * A copy of the 32 secret bytes, to be encrypted and kept.
     *
     * @throws IllegalStateException if it is in a key store, which it does not leave
     */
    public byte[] exportSecret() {
        return privateHalf.export();
    }

    /**
     * The signature of 64 bytes. Of an Ed25519 key the same message gives the same one.
     *
     * @throws java.io.UncheckedIOException if it is in a device that does not sign
     */
    public byte[] sign(byte[] message) {
        return privateHalf.sign(message);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", secret]";
    }

    /** Where the private half is. */
    interface PrivateHalf {
        byte[] sign(byte[] message);

        byte[] export();
    }

    private record OwnSecret(byte[] secret, byte[] publicKey) implements PrivateHalf {
        @Override
        public byte[] sign(byte[] message) {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
            return signature;
        }

        @Override
        public byte[] export() {
            return secret.clone();
        }

        @Override
        public String toString() {
            return "OwnSecret[redacted]";
        }
    }
}
