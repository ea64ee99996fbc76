package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.internal.text.Base45;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Signs passes with one key (COSE_Sign1 with Ed25519, algorithm −19 of RFC 9864). An ordinary pass has at most 116 bytes,
 * so that its text fits a QR code of version 7 with error correction M. Thread-safe.
 */
public final class PassIssuer {
    private final SigningKey key;
    private final Supplier<KeyRing> ring;

    private PassIssuer(SigningKey key, Supplier<KeyRing> ring) {
        this.key = Objects.requireNonNull(key, "key");
        this.ring = Objects.requireNonNull(ring, "ring");
    }

    /** An issuer that signs as long as the ring says that its key is active. */
    public static PassIssuer create(SigningKey key, Supplier<KeyRing> ring) {
        return new PassIssuer(key, ring);
    }

    /**
     * Signs a pass. The same pass and key give the same text.
     *
     * @throws IllegalStateException if the key is not in the ring, not the same there, or not active
     */
    public IssuedPass issue(Pass pass) {
        requireActive();
        byte[] token = CoseSign1.sign(PassCodec.protectedHeaders(key.id()), PassCodec.writeClaims(pass), key::sign);
        return new IssuedPass(pass, new String(PassCodec.PREFIX, StandardCharsets.US_ASCII) + Base45.encode(token));
    }

    private void requireActive() {
        IssuerKey listed = ring.get()
                .find(key.id())
                .orElseThrow(() -> new IllegalStateException(
                        "key " + key.id() + " is not in the ring: no gate would take its passes"));
        if (!listed.equals(key.issuerKey())) {
            throw new IllegalStateException("key " + key.id() + " is "
                    + (listed.state() == IssuerKey.State.ACTIVE
                            ? "another key"
                            : listed.state().toString())
                    + " in the ring: it signs no passes");
        }
    }
}
