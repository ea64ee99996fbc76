package io.gatehouse.core.ledger.verify;

import java.util.Arrays;
import java.util.Objects;

/**
 * The public key of a witness, which cosigns checkpoints as the C2SP {@code tlog-cosignature} specification says, with
 * Ed25519 (type 4): {@code name+hash+key}. Immutable and thread-safe.
 *
 * @param name      the witness's name, 1 to 255 characters without space or {@code +}
 * @param publicKey the 32 bytes of the key; no other witness may have the same, for a cosignature does not sign the name
 */
public record WitnessKey(String name, byte[] publicKey) {
    public WitnessKey {
        NoteKeyCodec.requireName(name);
        publicKey = NoteKeyCodec.requireKey(publicKey);
    }

    /**
     * Reads {@code name+hash+key}.
     *
     * @throws IllegalArgumentException if it is not of that form, or the hash is not that of name and key
     */
    public static WitnessKey parse(String text) {
        NoteKeyCodec.Parsed parsed = NoteKeyCodec.parse(text, NoteKeyCodec.ED25519_COSIGNATURE);
        return new WitnessKey(parsed.name(), parsed.publicKey());
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The 4 bytes that a signature names its key by. */
    byte[] id() {
        return NoteKeyCodec.id(name, NoteKeyCodec.ED25519_COSIGNATURE, publicKey);
    }

    boolean verifies(byte[] message, byte[] signature) {
        return NoteKeyCodec.verifies(publicKey, message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WitnessKey key && name.equals(key.name) && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(publicKey));
    }

    /** {@code name+hash+key}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return NoteKeyCodec.format(name, NoteKeyCodec.ED25519_COSIGNATURE, publicKey);
    }
}
