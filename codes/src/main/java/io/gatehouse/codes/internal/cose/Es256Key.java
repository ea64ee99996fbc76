package io.gatehouse.codes.internal.cose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/** A P-256 public key for ES256 (RFC 9053 §2.1), by the JDK. Passes are not signed with it. Immutable and thread-safe. */
public final class Es256Key implements CoseVerificationKey {
    /** ECDSA with SHA-256. */
    public static final long ALG_ES256 = -7;

    private static final int SIGNATURE_LENGTH = 64;

    private final PublicKey key;

    private Es256Key(PublicKey key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if the coordinates are not those of a public key */
    public static Es256Key of(byte[] x, byte[] y) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(new BigInteger(1, x), new BigInteger(1, y));
            ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
            return new Es256Key(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 public key", e);
        }
    }

    @Override
    public boolean takes(long algorithm) {
        return algorithm == ALG_ES256;
    }

    @Override
    public boolean verify(byte[] signed, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // The JDK says so of some signatures that are merely wrong.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no ECDSA with P-256", e);
        }
    }
}
