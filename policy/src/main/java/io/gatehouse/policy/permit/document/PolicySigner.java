package io.gatehouse.policy.permit.document;

import io.gatehouse.core.place.Site;
import io.gatehouse.policy.permit.rule.PolicySet;
import java.security.SecureRandom;
import java.util.Objects;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs policies with one person's key (Ed25519, RFC 8032). A policy that takes two people is signed by one and cosigned by the
 * other, who reads first what it says. {@code toString} tells nothing of the secret. Immutable and thread-safe.
 */
public final class PolicySigner {
    private final PolicyKey key;
    private final byte[] secret;

    private PolicySigner(PolicyKey key, byte[] secret) {
        this.key = key;
        this.secret = secret;
    }

    /** A signer with a new key. */
    public static PolicySigner generate(String id, String signer, SecureRandom random) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(Objects.requireNonNull(random, "random"), secret);
        return of(id, signer, secret);
    }

    /** A signer with a key that was kept; 32 bytes, copied. */
    public static PolicySigner of(String id, String signer, byte[] secret) {
        if (secret.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 private key has " + Ed25519.SECRET_KEY_SIZE + " bytes, this one " + secret.length);
        }
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, publicKey, 0);
        return new PolicySigner(new PolicyKey(id, signer, publicKey), secret.clone());
    }

    /** The public half. */
    public PolicyKey key() {
        return key;
    }

    /** A package with the policy and this signature. */
    public byte[] sign(PolicySet policy) {
        return sign(SignedPackage.of(SignedPackage.POLICY, PermitWriter.write(policy)));
    }

    /**
     * The package with this signature beside those it has.
     *
     * @throws IllegalArgumentException if it is none, or has the most signatures that it can
     */
    public byte[] cosign(byte[] signed) {
        return sign(SignedPackage.read(signed));
    }

    /** A package with a gate's snapshot and this signature. Use a key for it that signs no policies. */
    public byte[] sign(GateSnapshot snapshot, Site site) {
        return sign(SignedPackage.of(SignedPackage.SNAPSHOT, snapshot.bytes(site)));
    }

    byte[] sign(SignedPackage unsigned) {
        byte[] message = unsigned.message();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return unsigned.with(key.id(), signature).bytes();
    }

    @Override
    public String toString() {
        return "PolicySigner[" + key.id() + "]";
    }
}
