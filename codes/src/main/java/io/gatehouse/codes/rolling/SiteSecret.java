package io.gatehouse.codes.rolling;

import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.token.Pass;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the gates of one site know rolling passes by. Whoever has it can make any rolling pass for this site, and none for
 * another; see {@code ROLLING-FORMAT.md} for what to do when a gate is stolen. {@code toString} tells nothing of it.
 * Immutable and thread-safe.
 */
public final class SiteSecret {
    private static final String SECRET_NAME = "codes.rolling-site.";
    private static final byte[] LABEL = "pass".getBytes(StandardCharsets.US_ASCII);

    private final KeyId id;
    private final Secret secret;

    SiteSecret(KeyId id, Secret secret) {
        this.id = Objects.requireNonNull(id, "id");
        this.secret = secret;
    }

    /** One from its 32 bytes. */
    public static SiteSecret of(KeyId id, byte[] secret) {
        return new SiteSecret(id, Secret.of(secret));
    }

    /**
     * One that {@link #seal} sealed under the same id.
     *
     * @throws IOException if the bytes were altered, have another id, or are of another vault
     */
    public static SiteSecret ofSealed(KeyId id, Vault vault, byte[] sealed) throws IOException {
        byte[] clear = vault.openSecret(SECRET_NAME + id, sealed);
        try {
            return of(id, clear);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Encrypted by a vault, such as the gate's own. */
    public byte[] seal(Vault vault) throws IOException {
        return vault.sealSecret(SECRET_NAME + id, secret.export());
    }

    public KeyId id() {
        return id;
    }

    /** A copy of the 32 bytes, to be brought to a gate of the site and kept in its vault. */
    public byte[] exportSecret() {
        return secret.export();
    }

    /**
     * This pass, changing with time at this site's gates. Its secret is derived from everything that it says, so that a
     * phone cannot say anything else with it.
     *
     * @throws IllegalArgumentException if the pass has a holder's key: that is another kind of code
     */
    public RollingPass rollingPass(Pass pass, RollingStep step) {
        return RollingPass.of(id, pass, step, secretOf(pass.toBytes(), step).export());
    }

    Secret secretOf(byte[] pass, RollingStep step) {
        return secret.derive(ByteBuffer.allocate(LABEL.length + 1 + pass.length)
                .put(LABEL)
                .put((byte) step.seconds())
                .put(pass)
                .array());
    }

    @Override
    public String toString() {
        return "SiteSecret[" + id + ", secret]";
    }
}
