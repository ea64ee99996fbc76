package io.gatehouse.core.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * A key of HMAC-SHA-256 that, unlike the platform's own, can be wiped. Thread-safe.
 *
 * <p>Asking the platform for a {@link Mac} goes through the list of providers, which takes longer than hashing a few bytes.
 * So it is asked once; what never had a key is copied for each hash.
 */
final class HmacKey implements SecretKey {
    private static final String HMAC = "HmacSHA256";
    private static final Mac BLANK = blank();

    private final byte[] bytes;
    private boolean destroyed;

    HmacKey(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    byte[] hash(byte[]... parts) {
        Mac mac = mac();
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private Mac mac() {
        try {
            Mac mac = copy();
            mac.init(this);
            return mac;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static Mac copy() {
        try {
            return (Mac) BLANK.clone();
        } catch (CloneNotSupportedException e) {
            // Such as one in hardware.
            return blank();
        }
    }

    private static Mac blank() {
        try {
            return Mac.getInstance(HMAC);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has " + HMAC, e);
    }

    @Override
    public String getAlgorithm() {
        return HMAC;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy; a key that was wiped in the meantime must not be taken for one of zeros. */
    @Override
    public synchronized byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key was wiped: the vault is closed");
        }
        return bytes.clone();
    }

    @Override
    public synchronized void destroy() {
        destroyed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "HmacKey[redacted]";
    }
}
