package io.gatehouse.core.vault;

import com.google.crypto.tink.subtle.Random;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * A key-encryption key in a {@link KeyStore}: in a PKCS#12 file, or in a device behind PKCS#11, which it never leaves. A
 * wrapped key is
 *
 * <pre>
 * 4 bytes "GKS" and 1, the version     1 byte 1 for AES, 2 for RSA
 * AES:  12 bytes nonce, the rest: the key, AES-GCM
 * RSA:   2 bytes length, so many bytes: 32 random bytes by RSA-OAEP (RFC 8017, SHA-256), the rest: the key by these,
 *        AES-256-GCM
 * </pre>
 *
 * with everything before the AES-GCM part authenticated by it.
 */
final class KeyStoreKey implements KeyEncryptionKey {
    private static final byte[] MAGIC = {'G', 'K', 'S', 1};
    private static final byte AES = 1;
    private static final byte RSA = 2;
    private static final String AES_GCM = "AES/GCM/NoPadding";
    private static final String RSA_OAEP = "RSA/ECB/OAEPPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MIN_RSA_BITS = 2_048;

    private final KeyStore keyStore;
    private final String alias;
    private final char[] password;
    private final String kind;

    KeyStoreKey(KeyStore keyStore, String alias, char[] password) {
        this.keyStore = keyStore;
        this.alias = alias;
        this.password = password.clone();
        this.kind = "key '" + alias + "' in a " + keyStore.getType() + " key store";
    }

    static KeyStoreKey ofPkcs12(Path file, String alias, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(in, password);
            return new KeyStoreKey(keyStore, alias, password);
        } catch (NoSuchFileException e) {
            throw new VaultException(
                    "The key store " + file
                            + " is missing: put it back, without its key nothing in the vault can be opened.",
                    e);
        } catch (IOException | GeneralSecurityException e) {
            throw new VaultException(
                    "The key store " + file + " cannot be opened: its password is another one, or it" + " was altered.",
                    e);
        }
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public byte[] wrap(byte[] clear) throws IOException {
        try {
            Key key = key();
            return key instanceof SecretKey secret ? wrapAes(secret, clear) : wrapRsa(clear);
        } catch (GeneralSecurityException | ProviderException e) {
            throw new VaultException("The " + kind + " cannot wrap a key (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped) throws IOException {
        if (wrapped.length <= MAGIC.length || !Arrays.equals(MAGIC, Arrays.copyOf(wrapped, MAGIC.length))) {
            throw new VaultException(
                    "This vault was not made with a key in a key store: open it with what it was made with.");
        }
        try {
            Key key = key();
            byte kindOfKey = key instanceof SecretKey ? AES : RSA;
            if (wrapped[MAGIC.length] != kindOfKey) {
                throw new VaultException("The " + kind + " is of another sort than the one that this vault was made"
                        + " with: open it with that.");
            }
            return key instanceof SecretKey secret ? unwrapAes(secret, wrapped) : unwrapRsa((PrivateKey) key, wrapped);
        } catch (GeneralSecurityException | ProviderException | BufferUnderflowException | IllegalArgumentException e) {
            throw new VaultException(
                    "The " + kind + " is not the one that this vault was made with, or the vault was"
                            + " altered: use the right one.",
                    e);
        }
    }

    private Key key() throws GeneralSecurityException, VaultException {
        Key key = keyStore.getKey(alias, password.length == 0 ? null : password);
        if (key == null) {
            throw new VaultException(
                    "There is no " + kind + ": put it back, without it nothing in the vault can be opened.");
        }
        boolean isRsa = key instanceof PrivateKey && key.getAlgorithm().equals("RSA");
        if (!isRsa && !(key instanceof SecretKey)) {
            throw new VaultException(
                    "The " + kind + " is of type " + key.getAlgorithm() + ": an AES or RSA key is needed.");
        }
        return key;
    }

    private byte[] wrapAes(SecretKey key, byte[] clear) throws GeneralSecurityException {
        byte[] header = ByteBuffer.allocate(MAGIC.length + 1 + NONCE_BYTES)
                .put(MAGIC)
                .put(AES)
                .put(Random.randBytes(NONCE_BYTES))
                .array();
        return joined(header, aes(Cipher.ENCRYPT_MODE, key, header).doFinal(clear));
    }

    private byte[] unwrapAes(SecretKey key, byte[] wrapped) throws GeneralSecurityException {
        int end = MAGIC.length + 1 + NONCE_BYTES;
        if (wrapped.length < end + TAG_BITS / Byte.SIZE) {
            throw new GeneralSecurityException("cut");
        }
        return aes(Cipher.DECRYPT_MODE, key, Arrays.copyOf(wrapped, end)).doFinal(wrapped, end, wrapped.length - end);
    }

    private Cipher aes(int mode, SecretKey key, byte[] header) throws GeneralSecurityException {
        Cipher cipher = cipher(AES_GCM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, header, header.length - NONCE_BYTES, NONCE_BYTES));
        cipher.updateAAD(header);
        return cipher;
    }

    private byte[] wrapRsa(byte[] clear) throws GeneralSecurityException, VaultException {
        Certificate certificate = keyStore.getCertificate(alias);
        if (certificate == null) {
            throw new VaultException("The " + kind + " has no certificate, which holds its public half.");
        }
        byte[] once = Random.randBytes(AesGcm.KEY_BYTES);
        try {
            // The public half is no secret and need not be in the device.
            Cipher cipher = Cipher.getInstance(RSA_OAEP);
            cipher.init(Cipher.ENCRYPT_MODE, certificate.getPublicKey(), oaep());
            byte[] wrappedOnce = cipher.doFinal(once);
            if (wrappedOnce.length * Byte.SIZE < MIN_RSA_BITS) {
                throw new VaultException("The " + kind + " has fewer than " + MIN_RSA_BITS + " bits.");
            }
            byte[] header = ByteBuffer.allocate(MAGIC.length + 1 + Short.BYTES + wrappedOnce.length)
                    .put(MAGIC)
                    .put(RSA)
                    .putShort((short) wrappedOnce.length)
                    .put(wrappedOnce)
                    .array();
            return joined(header, AesGcm.encrypt(AesGcm.of(once), clear, header));
        } finally {
            Arrays.fill(once, (byte) 0);
        }
    }

    private byte[] unwrapRsa(PrivateKey key, byte[] wrapped) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(wrapped).position(MAGIC.length + 1);
        byte[] wrappedOnce = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
        in.get(wrappedOnce);
        Cipher cipher = cipher(RSA_OAEP);
        cipher.init(Cipher.DECRYPT_MODE, key, oaep());
        byte[] once = cipher.doFinal(wrappedOnce);
        try {
            byte[] header = Arrays.copyOf(wrapped, in.position());
            return AesGcm.of(once).decrypt(Arrays.copyOfRange(wrapped, in.position(), wrapped.length), header);
        } finally {
            Arrays.fill(once, (byte) 0);
        }
    }

    /** A key that cannot leave its device is used by the device's own provider. */
    private Cipher cipher(String transformation) throws GeneralSecurityException {
        Provider provider = keyStore.getProvider();
        boolean isDevice = keyStore.getType().equals("PKCS11");
        return isDevice ? Cipher.getInstance(transformation, provider) : Cipher.getInstance(transformation);
    }

    private static OAEPParameterSpec oaep() {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    }

    private static byte[] joined(byte[] header, byte[] rest) {
        return ByteBuffer.allocate(header.length + rest.length)
                .put(header)
                .put(rest)
                .array();
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
        return "KeyEncryptionKey[" + kind + "]";
    }
}
