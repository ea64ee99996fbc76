package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.hash.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** 32 secret bytes and what is derived from them. Immutable and thread-safe. */
final class Secret {
    static final int LENGTH = 32;
    private static final byte[] SALT = "gatehouse rolling 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    static Secret generate(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new Secret(bytes);
    }

    static Secret of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(
                    "a secret of rolling codes has " + LENGTH + " bytes, this one " + bytes.length);
        }
        return new Secret(bytes.clone());
    }

    /** Another secret, from which this one cannot be found (HKDF with SHA-256, RFC 5869). */
    Secret derive(byte[] info) {
        return new Secret(Hkdf.derive(bytes, SALT, info, LENGTH));
    }

    byte[] hmac(byte[] message) {
        return Hkdf.hmac(bytes, message);
    }

    byte[] export() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
