package io.gatehouse.codes.internal.cose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** A P-256 public key for ES256 (RFC 9053 §2.1), by the JDK. Immutable and thread-safe. */
public final class Es256Key implements CoseVerificationKey {
    /** ECDSA with SHA-256. */
    public static final long ALG_ES256 = -7;

    /** ECDSA on P-256 with SHA-256, fully specified (RFC 9864). */
    public static final long ALG_ESP256 = -9;

    /** The platform's name for signatures that are r and s, one after the other. */
    public static final String JCA_ALGORITHM = "SHA256withECDSAinP1363Format";

    private static final int SIGNATURE_LENGTH = 64;

    private static final int COMPRESSED_LENGTH = 33;
    private static final ECParameterSpec P256 = p256();

    private final PublicKey key;

    private Es256Key(PublicKey key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException if the coordinates are not those of a public key */
    public static Es256Key of(byte[] x, byte[] y) {
        return of(new BigInteger(1, x), new BigInteger(1, y));
    }

    /**
     * A key from its compressed point (SEC 1 §2.3.4): 2 or 3 by whether y is even or odd, then the 32 bytes of x.
     *
     * @throws IllegalArgumentException if that is not a public key
     */
    public static Es256Key ofCompressed(byte[] point) {
        if (point.length != COMPRESSED_LENGTH || (point[0] != 2 && point[0] != 3)) {
            throw new IllegalArgumentException("a compressed P-256 public key has " + COMPRESSED_LENGTH
                    + " bytes of which the first is 2 or 3, this one " + point.length);
        }
        BigInteger p = ((ECFieldFp) P256.getCurve().getField()).getP();
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, point.length));
        BigInteger square = x.pow(2)
                .add(P256.getCurve().getA())
                .multiply(x)
                .add(P256.getCurve().getB())
                .mod(p);
        // p is 3 modulo 4, so this is a square root if there is one (SEC 1 §2.3.4 with FIPS 186-5's P-256).
        BigInteger root = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        boolean odd = point[0] == 3;
        return of(x, root.testBit(0) == odd ? root : p.subtract(root));
    }

    /** Whether these are the parameters of P-256. */
    public static boolean isP256(ECParameterSpec parameters) {
        return parameters.getCurve().equals(P256.getCurve())
                && parameters.getGenerator().equals(P256.getGenerator())
                && parameters.getOrder().equals(P256.getOrder());
    }

    /** The compressed form of a point, as {@link #ofCompressed} reads it. */
    public static byte[] compress(ECPoint point) {
        byte[] compressed = new byte[COMPRESSED_LENGTH];
        compressed[0] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
        write(point.getAffineX(), compressed, 1);
        return compressed;
    }

    /**
     * Of the two signatures that ECDSA has for the same numbers, (r, s) and (r, n − s), the one with the smaller s, so that
     * nobody can turn a signature into another.
     */
    public static byte[] withLowS(byte[] signature) {
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, SIGNATURE_LENGTH / 2, SIGNATURE_LENGTH));
        byte[] low = signature.clone();
        write(s.min(P256.getOrder().subtract(s)), low, SIGNATURE_LENGTH / 2);
        return low;
    }

    /** Whether a signature is one that {@link #withLowS} gives. */
    public static boolean hasLowS(byte[] signature) {
        return signature.length == SIGNATURE_LENGTH && Arrays.equals(signature, withLowS(signature));
    }

    private static void write(BigInteger number, byte[] to, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, SIGNATURE_LENGTH / 2);
        Arrays.fill(to, at, at + SIGNATURE_LENGTH / 2, (byte) 0);
        System.arraycopy(bytes, bytes.length - length, to, at + SIGNATURE_LENGTH / 2 - length, length);
    }

    private static Es256Key of(BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) P256.getCurve().getField()).getP();
        BigInteger left = y.pow(2).mod(p);
        BigInteger right = x.pow(2)
                .add(P256.getCurve().getA())
                .multiply(x)
                .add(P256.getCurve().getB())
                .mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !left.equals(right)) {
            throw new IllegalArgumentException("the coordinates are not a point of P-256");
        }
        try {
            return new Es256Key(
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), P256)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 public key", e);
        }
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no P-256", e);
        }
    }

    @Override
    public boolean takes(long algorithm) {
        return algorithm == ALG_ES256 || algorithm == ALG_ESP256;
    }

    @Override
    public boolean verify(byte[] signed, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(JCA_ALGORITHM);
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
