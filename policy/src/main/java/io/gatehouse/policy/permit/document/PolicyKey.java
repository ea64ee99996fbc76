package io.gatehouse.policy.permit.document;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The public half of a key that signs policies: Ed25519 (RFC 8032). Immutable and thread-safe.
 *
 * @param id        its name in packages: 1 to 64 lower-case letters, digits, {@code . _ -}
 * @param signer    whose it is; two keys of one signer are one approval
 * @param publicKey 32 bytes
 */
public record PolicyKey(String id, String signer, byte[] publicKey) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    public PolicyKey {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "key id '" + id + "' is not 1 to 64 lower-case letters, digits, '.', '_' or '-'");
        }
        if (signer.isBlank()) {
            throw new IllegalArgumentException("key " + id + " belongs to nobody");
        }
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + Ed25519.PUBLIC_KEY_SIZE + " bytes, this one " + publicKey.length);
        }
        publicKey = publicKey.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    boolean verifies(byte[] message, byte[] signature) {
        return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyKey that
                && id.equals(that.id)
                && signer.equals(that.signer)
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, signer, Arrays.hashCode(publicKey));
    }

    @Override
    public String toString() {
        return "PolicyKey[" + id + "]";
    }
}
