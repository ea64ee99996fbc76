package io.gatehouse.codes.token;

import io.gatehouse.codes.internal.cose.CoseSign1;
import io.gatehouse.codes.keys.IssuerKey;
import io.gatehouse.codes.keys.KeyRing;
import io.gatehouse.codes.keys.SigningKey;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Signs passes with one key (COSE_Sign1 with Ed25519 or ECDSA on P-256, algorithms −19 and −9 of RFC 9864). An ordinary pass has at most 116 bytes,
 * so that its text fits a QR code of version 7 with error correction M. Thread-safe.
 */
public final class PassIssuer {
    private final SigningKey key;
    private final Supplier<KeyRing> ring;
    private final InstantSource clock;

    private PassIssuer(SigningKey key, Supplier<KeyRing> ring, InstantSource clock) {
        this.key = Objects.requireNonNull(key, "key");
        this.ring = Objects.requireNonNull(ring, "ring");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** An issuer that signs as long as the ring, which is asked each time, says that its key is active and may. */
    public static PassIssuer create(SigningKey key, Supplier<KeyRing> ring, InstantSource clock) {
        return new PassIssuer(key, ring, clock);
    }

    /**
     * Signs a pass. With an Ed25519 key the same pass gives the same token.
     *
     * @throws IllegalStateException        if the key is not in the ring, not the same there, not active (yet), or not for
     *                                      this type of pass
     * @throws java.io.UncheckedIOException if the key is in a device that does not sign
     */
    public IssuedPass issue(Pass pass) {
        requireMaySign(pass.type());
        byte[] token = CoseSign1.sign(
                PassCodec.protectedHeaders(key.id(), key.kind().coseAlgorithm()),
                PassCodec.writeClaims(pass),
                key::sign);
        return new IssuedPass(pass, token);
    }

    private void requireMaySign(PassType type) {
        IssuerKey listed = ring.get()
                .find(key.id())
                .orElseThrow(() -> new IllegalStateException(
                        "key " + key.id() + " is not in the ring: no gate would take its passes"));
        if (!listed.isSameKey(key.issuerKey()) || listed.state() != IssuerKey.State.ACTIVE) {
            throw new IllegalStateException("key " + key.id() + " is "
                    + (listed.state() == IssuerKey.State.ACTIVE ? "another key" : listed.state())
                    + " in the ring: it signs no passes");
        }
        listed.whyNot(type.keyUse(), clock.instant()).ifPresent(reason -> {
            throw new IllegalStateException(reason.text());
        });
    }
}
