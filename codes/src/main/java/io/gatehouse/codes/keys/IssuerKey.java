package io.gatehouse.codes.keys;

import io.gatehouse.codes.internal.cose.Ed25519Key;
import java.util.Objects;

/**
 * An issuer's public key (Ed25519, RFC 8032) and what it may still be used for. Immutable and thread-safe.
 */
public final class IssuerKey {
    /** Where a key is in its life. A key never goes back. */
    public enum State {
        /** Signs passes, and its passes are valid. A key is given to all gates in this state before it is first used. */
        ACTIVE,
        /** Signs no more; what it signed stays valid until it expires. */
        RETIRED,
        /** No longer trusted: everything that it signed is refused, whenever that was. */
        REVOKED
    }

    private final KeyId id;
    private final Ed25519Key key;
    private final State state;

    private IssuerKey(KeyId id, Ed25519Key key, State state) {
        this.id = Objects.requireNonNull(id, "id");
        this.key = key;
        this.state = Objects.requireNonNull(state, "state");
    }

    /**
     * A key from its 32 bytes.
     *
     * @throws IllegalArgumentException if they are not an Ed25519 public key
     */
    public static IssuerKey of(KeyId id, byte[] publicKey, State state) {
        return new IssuerKey(id, Ed25519Key.of(publicKey), state);
    }

    public KeyId id() {
        return id;
    }

    public State state() {
        return state;
    }

    /** The public key's 32 bytes. */
    public byte[] publicKey() {
        return key.encoded();
    }

    /**
     * The same key in a later state.
     *
     * @throws IllegalArgumentException if that would be a step back
     */
    public IssuerKey in(State later) {
        if (later.compareTo(state) < 0) {
            throw new IllegalArgumentException("key " + id + " is " + state + " and cannot become " + later + " again");
        }
        return new IssuerKey(id, key, later);
    }

    /** Whether it may be used with this algorithm, a number of the COSE registry: −19 (Ed25519) and −8 (EdDSA). */
    public boolean takes(long coseAlgorithm) {
        return key.takes(coseAlgorithm);
    }

    /** Whether it made this signature; asks nothing about its state. Never throws, whatever the bytes. */
    public boolean verify(byte[] message, byte[] signature) {
        return key.verify(message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerKey that && id.equals(that.id) && key.equals(that.key) && state == that.state;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, key, state);
    }

    @Override
    public String toString() {
        return "IssuerKey[" + id + ", " + state + "]";
    }
}
