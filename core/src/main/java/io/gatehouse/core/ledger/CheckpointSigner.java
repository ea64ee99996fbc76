package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/**
 * Signs checkpoints with the ledger's Ed25519 key (RFC 8032), which lies sealed in the ledger's tables: the 32 bytes of
 * the public key and then the private one in PKCS#8. Thread-safe.
 */
final class CheckpointSigner {
    private static final String SECRET = "ledger.signing-key";
    private static final String ALGORITHM = "Ed25519";
    private static final int PUBLIC_BYTES = 32;

    private final VerifierKey verifierKey;
    private final PrivateKey privateKey;

    private CheckpointSigner(VerifierKey verifierKey, PrivateKey privateKey) {
        this.verifierKey = verifierKey;
        this.privateKey = privateKey;
    }

    /** A new key, sealed. */
    static byte[] makeSealed(Vault vault) throws IOException {
        KeyPair pair;
        try {
            pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has " + ALGORITHM, e);
        }
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] clear = Arrays.copyOfRange(x509, x509.length - PUBLIC_BYTES, x509.length + pkcs8.length);
        System.arraycopy(pkcs8, 0, clear, PUBLIC_BYTES, pkcs8.length);
        try {
            return vault.sealSecret(SECRET, clear);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(clear, (byte) 0);
        }
    }

    static CheckpointSigner open(Vault vault, String origin, byte[] sealed) throws IOException {
        byte[] clear = vault.openSecret(SECRET, sealed);
        byte[] pkcs8 = Arrays.copyOfRange(clear, PUBLIC_BYTES, clear.length);
        try {
            return new CheckpointSigner(
                    new VerifierKey(origin, Arrays.copyOf(clear, PUBLIC_BYTES)),
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException e) {
            throw new LedgerException("the ledger's signing key cannot be used", e);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(clear, (byte) 0);
        }
    }

    VerifierKey verifierKey() {
        return verifierKey;
    }

    String sign(long size, byte[] root) {
        String body = CheckpointNote.body(verifierKey.name(), size, root);
        return CheckpointNote.sign(body, verifierKey, signature(body));
    }

    byte[] signature(String body) {
        try {
            Signature ed25519 = Signature.getInstance(ALGORITHM);
            ed25519.initSign(privateKey);
            ed25519.update(body.getBytes(StandardCharsets.UTF_8));
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed, which depends on nothing from outside", e);
        }
    }

    @Override
    public String toString() {
        return "CheckpointSigner[" + verifierKey + ", private key redacted]";
    }
}
