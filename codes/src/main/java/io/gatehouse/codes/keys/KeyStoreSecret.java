package io.gatehouse.codes.keys;

import io.gatehouse.codes.internal.cose.Es256Key;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** A private key in a key store, used through the platform; that of a device is used within it. Thread-safe. */
final class KeyStoreSecret implements SigningKey.PrivateHalf {
    private static final int ED25519_BYTES = 32;
    private static final String DEVICE = "PKCS11";

    private final PrivateKey key;
    private final KeyKind kind;
    private final KeyStore keyStore;
    private final String name;

    private KeyStoreSecret(PrivateKey key, KeyKind kind, KeyStore keyStore, String name) {
        this.key = key;
        this.kind = kind;
        this.keyStore = keyStore;
        this.name = name;
    }

    static SigningKey ofPkcs12(KeyId id, Path file, String alias, char[] password) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(in, password);
            return of(id, keyStore, alias, password);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store " + file + " cannot be opened: it was altered", e);
        }
    }

    static SigningKey of(KeyId id, KeyStore keyStore, String alias, char[] password) throws IOException {
        String name = "key '" + alias + "' in the " + keyStore.getType() + " key store";
        try {
            Certificate certificate = keyStore.getCertificate(alias);
            if (certificate == null
                    || !(keyStore.getKey(alias, password.length == 0 ? null : password) instanceof PrivateKey key)) {
                throw new IOException("there is no private " + name + " with its certificate: put it there");
            }
            PublicKey publicKey = certificate.getPublicKey();
            KeyKind kind = kindOf(publicKey, name);
            byte[] encoded = kind == KeyKind.P256
                    ? Es256Key.compress(((ECPublicKey) publicKey).getW())
                    : lastBytes(publicKey.getEncoded());
            SigningKey signing = new SigningKey(id, kind, encoded, new KeyStoreSecret(key, kind, keyStore, name));
            requirePair(signing, name);
            return signing;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new IOException("the " + name + " cannot be used: check its password and the device", e);
        }
    }

    private static KeyKind kindOf(PublicKey key, String name) throws IOException {
        if (key instanceof ECPublicKey ec && Es256Key.isP256(ec.getParams())) {
            return KeyKind.P256;
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return KeyKind.ED25519;
        }
        throw new IOException(
                "the " + name + " is of type " + key.getAlgorithm() + ": one of Ed25519 or EC on P-256" + " is needed");
    }

    /** RFC 8410 §4: the key is the end of its X.509 form. */
    private static byte[] lastBytes(byte[] x509) {
        return Arrays.copyOfRange(x509, x509.length - ED25519_BYTES, x509.length);
    }

    private static void requirePair(SigningKey key, String name) throws IOException {
        byte[] probe = {'p', 'a', 'i', 'r'};
        try {
            if (!key.issuerKey().verify(probe, key.sign(probe))) {
                throw new IOException("the certificate of the " + name + " is not that of its private key");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = signer();
            signer.initSign(key);
            signer.update(message);
            return kind == KeyKind.P256 ? Es256Key.withLowS(signer.sign()) : signer.sign();
        } catch (GeneralSecurityException | ProviderException e) {
            throw new UncheckedIOException(new IOException("the " + name + " does not sign: check the device", e));
        }
    }

    private Signature signer() throws GeneralSecurityException {
        String algorithm = kind == KeyKind.P256 ? Es256Key.JCA_ALGORITHM : "Ed25519";
        Provider provider = keyStore.getProvider();
        return keyStore.getType().equals(DEVICE)
                ? Signature.getInstance(algorithm, provider)
                : Signature.getInstance(algorithm);
    }

    @Override
    public byte[] export() {
        throw new IllegalStateException("the " + name + " does not leave it: back that up");
    }

    @Override
    public String toString() {
        return "KeyStoreSecret[" + name + "]";
    }
}
