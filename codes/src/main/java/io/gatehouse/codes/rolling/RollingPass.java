package io.gatehouse.codes.rolling;

import io.gatehouse.codes.internal.text.CodeText;
import io.gatehouse.codes.keys.KeyId;
import io.gatehouse.codes.token.Pass;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A pass with a secret of its own that changes its code with time, as a phone keeps it. An ordinary one fits a QR code of
 * version 3. The code is the pass and the HMAC of the step, cut to 64 bits: RFC 6238 without its cut to decimal digits, which
 * is for people who type. {@code toString} tells nothing of the secret. Immutable and thread-safe.
 */
public final class RollingPass {
    static final int MAC = 8;
    static final int HEAD = 2 + MAC;
    private static final int MAX_PASS = 512;

    static final CodeText TEXT = CodeText.of(2, HEAD + MAX_PASS);

    private final KeyId siteSecret;
    private final Pass pass;
    private final byte[] encoded;
    private final RollingStep step;
    private final Secret secret;

    private RollingPass(KeyId siteSecret, Pass pass, RollingStep step, Secret secret) {
        this.siteSecret = Objects.requireNonNull(siteSecret, "siteSecret");
        this.pass = pass;
        this.encoded = pass.toBytes();
        this.step = Objects.requireNonNull(step, "step");
        this.secret = secret;
    }

    /**
     * A pass as it came from the issuer.
     *
     * @param siteSecret the id of the site's secret that this one is derived from
     * @param secret     32 bytes
     */
    public static RollingPass of(KeyId siteSecret, Pass pass, RollingStep step, byte[] secret) {
        return new RollingPass(siteSecret, pass, step, Secret.of(secret));
    }

    public KeyId siteSecret() {
        return siteSecret;
    }

    public Pass pass() {
        return pass;
    }

    public RollingStep step() {
        return step;
    }

    /** A copy of the 32 bytes, to be brought to the phone. */
    public byte[] exportSecret() {
        return secret.export();
    }

    /** What to show at this moment. */
    public ShownCode at(Instant moment) {
        long now = step.of(moment);
        byte[] code = ByteBuffer.allocate(HEAD + encoded.length)
                .put(siteSecret.toBytes())
                .put(mac(secret, now))
                .put(encoded)
                .array();
        return new ShownCode(TEXT, code, step.start(now + 1));
    }

    /** The first 8 bytes of the HMAC of the step's number in 8 bytes. */
    static byte[] mac(Secret secret, long step) {
        return Arrays.copyOf(
                secret.hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array()), MAC);
    }

    @Override
    public String toString() {
        return "RollingPass[" + siteSecret + ", " + pass + ", secret]";
    }
}
