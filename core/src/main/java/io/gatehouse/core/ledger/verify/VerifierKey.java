package io.gatehouse.core.ledger.verify;

import java.util.Arrays;
import java.util.Objects;

/**
 * The public key that a ledger's checkpoints are signed for, in the form of the C2SP {@code signed-note} specification:
 * {@code name+hash+key}, with an Ed25519 key (RFC 8032). Immutable and thread-safe.
 *
 * @param name      the ledger's name, 1 to 255 characters without space or {@code +}
 * @param publicKey the 32 bytes of the key
 */
public record VerifierKey(String name, byte[] publicKey) {
    public VerifierKey {
        NoteKeyCodec.requireName(name);
        publicKey = NoteKeyCodec.requireKey(publicKey);
    }

    /**
     * Reads {@code name+hash+key}.
     *
     * @throws IllegalArgumentException if it is not of that form, or the hash is not that of name and key
     */
    public static VerifierKey parse(String text) {
        NoteKeyCodec.Parsed parsed = NoteKeyCodec.parse(text, NoteKeyCodec.ED25519);
        return new VerifierKey(parsed.name(), parsed.publicKey());
    }

    /** Checks a ledger's name, which is also its key's. */
    public static String requireName(String name) {
        return NoteKeyCodec.requireName(name);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The 4 bytes that a signature names its key by. */
    byte[] id() {
        return NoteKeyCodec.id(name, NoteKeyCodec.ED25519, publicKey);
    }

    boolean verifies(byte[] message, byte[] signature) {
        return NoteKeyCodec.verifies(publicKey, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && name.equals(key.name) && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(publicKey));
    }

    /** {@code name+hash+key}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return NoteKeyCodec.format(name, NoteKeyCodec.ED25519, publicKey);
    }
}
