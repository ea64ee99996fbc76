package io.gatehouse.codes.internal.cose;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032) by Bouncy Castle. The point is decoded and checked once, here, so that a
 * verification pays only for the signature. Immutable and thread-safe.
 */
public final class Ed25519Key implements CoseVerificationKey {
    /** Ed25519, fully specified (RFC 9864). */
    public static final long ALG_ED25519 = -19;

    /** EdDSA with the curve left to the key (RFC 9053), deprecated but widely written. */
    public static final long ALG_EDDSA = -8;

    /** Length of a public key in bytes. */
    public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

    private final byte[] encoded;
    private final Ed25519.PublicPoint point;

    private Ed25519Key(byte[] encoded, Ed25519.PublicPoint point) {
        this.encoded = encoded;
        this.point = point;
    }

    /** @throws IllegalArgumentException if the bytes are not a point of the prime-order group */
    public static Ed25519Key of(byte[] encoded) {
        if (encoded.length != LENGTH) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has " + LENGTH + " bytes, this one " + encoded.length);
        }
        byte[] copy = encoded.clone();
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
        if (point == null) {
            throw new IllegalArgumentException("the " + LENGTH + " bytes are not an Ed25519 public key");
        }
        return new Ed25519Key(copy, point);
    }

    @Override
    public boolean takes(long algorithm) {
        return algorithm == ALG_ED25519 || algorithm == ALG_EDDSA;
    }

    @Override
    public boolean verify(byte[] signed, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, point, signed, 0, signed.length);
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519Key key && Arrays.equals(encoded, key.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
