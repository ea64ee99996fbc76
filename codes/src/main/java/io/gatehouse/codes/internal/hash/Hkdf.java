package io.gatehouse.codes.internal.hash;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** HKDF and HMAC with SHA-256 (RFC 5869, RFC 2104), by Bouncy Castle. */
public final class Hkdf {
    private static final int HASH = 32;

    private Hkdf() {}

    /** So many bytes of key material, at most 8,160. */
    public static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(key, salt, info));
        byte[] derived = new byte[length];
        generator.generateBytes(derived, 0, length);
        return derived;
    }

    /** The 32 bytes of HMAC-SHA-256. */
    public static byte[] hmac(byte[] key, byte[] message) {
        HMac mac = new HMac(SHA256Digest.newInstance());
        mac.init(new KeyParameter(key));
        mac.update(message, 0, message.length);
        byte[] hash = new byte[HASH];
        mac.doFinal(hash, 0);
        return hash;
    }
}
