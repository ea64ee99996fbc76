package io.gatehouse.biometrics.protect;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.subtle.X25519;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;

/**
 * What a site receives templates with: an X25519 key of HPKE (RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM), by Tink. Keep {@link #encoded} sealed in the vault; give {@link #publicKey} to those who send, by a way that
 * nobody can alter. Immutable but for {@link #close}, and thread-safe.
 */
public final class ExchangeKey implements AutoCloseable {
    /** Bytes of a private and of a public key. */
    public static final int KEY_BYTES = 32;

    private final byte[] privateKey;
    private final byte[] publicKey;

    private ExchangeKey(byte[] privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new key. */
    public static ExchangeKey create() {
        return of(X25519.generatePrivateKey());
    }

    /** What {@link #encoded} gave. */
    public static ExchangeKey of(byte[] encoded) {
        requireLength(encoded);
        try {
            return new ExchangeKey(encoded.clone(), X25519.publicFromPrivate(encoded));
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("these bytes are no X25519 key", e);
        }
    }

    /** The private key, 32 bytes, which the caller seals and then overwrites. */
    public byte[] encoded() {
        return privateKey.clone();
    }

    /** 32 bytes, for everybody. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    private static void requireLength(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("an exchange key has " + KEY_BYTES + " bytes, not " + key.length);
        }
    }

    /** Encrypts for whoever has the private key of a public one. */
    @AccessesPartialKey
    static byte[] seal(byte[] publicKey, byte[] clear, byte[] context) {
        requireLength(publicKey);
        try {
            return handle(publicOf(publicKey))
                    .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                    .encrypt(clear, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the receiver's key cannot be used: ask for it again", e);
        }
    }

    @AccessesPartialKey
    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        HpkePrivateKey key = HpkePrivateKey.create(
                publicOf(publicKey), SecretBytes.copyFrom(privateKey, InsecureSecretKeyAccess.get()));
        return handle(key)
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                .decrypt(sealed, context);
    }

    @AccessesPartialKey
    private static HpkePublicKey publicOf(byte[] key) throws GeneralSecurityException {
        HpkeParameters parameters = HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build();
        return HpkePublicKey.create(parameters, Bytes.copyFrom(key), null);
    }

    @AccessesPartialKey
    private static KeysetHandle handle(Key key) throws GeneralSecurityException {
        HybridConfig.register();
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
    }

    /** Overwrites the private key. */
    @Override
    public void close() {
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "ExchangeKey[redacted]";
    }
}
