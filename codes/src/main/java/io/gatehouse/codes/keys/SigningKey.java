package io.gatehouse.codes.keys;

import java.security.SecureRandom;
import java.util.Objects;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An issuer's private key (Ed25519, RFC 8032). Whoever has it can make any pass: keep {@link #exportSecret()} in a vault
 * only. {@code toString} tells nothing of it. Immutable and thread-safe.
 */
public final class SigningKey {
    private final KeyId id;
    private final byte[] secret;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    private SigningKey(KeyId id, byte[] secret) {
        this.id = Objects.requireNonNull(id, "id");
        this.secret = secret;
        Ed25519.generatePublicKey(secret, 0, publicKey, 0);
    }

    /** A new key. */
    public static SigningKey generate(KeyId id, SecureRandom random) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(random, secret);
        return new SigningKey(id, secret);
    }

    /**
     * A key that was exported.
     *
     * @throws IllegalArgumentException if the secret has not 32 bytes
     */
    public static SigningKey of(KeyId id, byte[] secret) {
        if (secret.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 private key has " + Ed25519.SECRET_KEY_SIZE + " bytes, this one " + secret.length);
        }
        return new SigningKey(id, secret.clone());
    }

    public KeyId id() {
        return id;
    }

    /** The public half, active, for the key rings of the gates. */
    public IssuerKey issuerKey() {
        return IssuerKey.of(id, publicKey, IssuerKey.State.ACTIVE);
    }

    /** A copy of the 32 secret bytes, to be encrypted and kept. */
    public byte[] exportSecret() {
        return secret.clone();
    }

    /** The signature of 64 bytes; the same message gives the same one. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", secret]";
    }
}
