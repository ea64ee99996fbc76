package io.gatehouse.codes.keys;

import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The public key of whoever a pass is for, kept on their phone, so that the phone can show that it is there ({@code cnf},
 * RFC 8747). Ed25519 (RFC 8032), or ECDSA on P-256 with SHA-256 for phones whose secure hardware has only that. Immutable
 * and thread-safe.
 */
public final class HolderKey {
    private final KeyKind kind;
    private final byte[] encoded;
    private final CoseVerificationKey key;

    private HolderKey(KeyKind kind, byte[] encoded, CoseVerificationKey key) {
        this.kind = kind;
        this.encoded = encoded;
        this.key = key;
    }

    /**
     * A key from its bytes, as its kind has them.
     *
     * @throws IllegalArgumentException if they are not a public key of that kind
     */
    public static HolderKey of(KeyKind kind, byte[] encoded) {
        Objects.requireNonNull(kind, "kind");
        byte[] copy = encoded.clone();
        return new HolderKey(kind, copy, kind.read(copy));
    }

    public KeyKind kind() {
        return kind;
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** Whether this key made the signature. Never throws, whatever the bytes. */
    public boolean verify(byte[] message, byte[] signature) {
        return key.verify(message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HolderKey that && kind == that.kind && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, Arrays.hashCode(encoded));
    }

    @Override
    public String toString() {
        return "HolderKey[" + kind + ", " + HexFormat.of().formatHex(encoded, 0, 4) + "…]";
    }
}
