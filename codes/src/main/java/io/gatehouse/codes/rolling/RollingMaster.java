package io.gatehouse.codes.rolling;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret that all rolling codes of the house come from. It stays where passes are issued; gates get a
 * {@link SiteSecret} each site, from which it cannot be found. {@code toString} tells nothing of it. Immutable and
 * thread-safe.
 */
public final class RollingMaster {
    private static final String SECRET_NAME = "codes.rolling-master";
    private static final byte[] LABEL = "site".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_SITE = 128;

    private final Secret secret;

    private RollingMaster(Secret secret) {
        this.secret = secret;
    }

    /** A new one. */
    public static RollingMaster generate(SecureRandom random) {
        return new RollingMaster(Secret.generate(random));
    }

    /** One from its 32 bytes. */
    public static RollingMaster of(byte[] secret) {
        return new RollingMaster(Secret.of(secret));
    }

    /**
     * One that {@link #seal} sealed.
     *
     * @throws IOException if the bytes were altered or are of another vault
     */
    public static RollingMaster ofSealed(Vault vault, byte[] sealed) throws IOException {
        byte[] clear = vault.openSecret(SECRET_NAME, sealed);
        try {
            return of(clear);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Encrypted by a vault, to be stored wherever the issuer stores things. */
    public byte[] seal(Vault vault) throws IOException {
        return vault.sealSecret(SECRET_NAME, secret.export());
    }

    /**
     * The secret of a site's gates under this id. For a new one, when a gate was stolen, take a new id.
     *
     * @param id   unique among the secrets of all sites, and never used again
     * @param site the site's name, 1 to 128 bytes of UTF-8
     */
    public SiteSecret siteSecret(KeyId id, String site) {
        byte[] name = site.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > MAX_SITE) {
            throw new IllegalArgumentException("a site's name has 1 to " + MAX_SITE + " bytes, not " + name.length);
        }
        byte[] info = ByteBuffer.allocate(LABEL.length + 2 + name.length)
                .put(LABEL)
                .put(id.toBytes())
                .put(name)
                .array();
        return new SiteSecret(id, secret.derive(info));
    }

    @Override
    public String toString() {
        return "RollingMaster[secret]";
    }
}
