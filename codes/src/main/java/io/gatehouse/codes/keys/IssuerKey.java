package io.gatehouse.codes.keys;

import io.gatehouse.codes.internal.cose.CoseVerificationKey;
import io.gatehouse.codes.internal.cose.Es256Key;
import io.gatehouse.core.reason.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An issuer's public key: whose it is, what it may sign, and where it is in its life. A key is first published, that is
 * given to all gates with the moment from which it is active, and used only then; so no gate ever meets a key that it does not
 * know. Immutable and thread-safe.
 */
public final class IssuerKey {
    /** Where a key is in its life. A key never goes back. */
    public enum State {
        /** Signs, and what it signed is valid, from its moment on; before that it is merely published. */
        ACTIVE,
        /** Signs no more; what it signed stays valid until it expires. */
        RETIRED,
        /** No longer trusted: everything that it signed is refused, whenever that was. */
        REVOKED
    }

    private final KeyId id;
    private final KeyKind kind;
    private final byte[] publicKey;
    private final CoseVerificationKey key;
    private final KeyScope scope;
    private final Instant activeFrom;
    private final State state;

    private IssuerKey(KeyId id, KeyKind kind, byte[] publicKey, KeyScope scope, Instant activeFrom, State state) {
        this(id, kind, publicKey, kind.read(publicKey), scope, activeFrom, state);
    }

    private IssuerKey(
            KeyId id,
            KeyKind kind,
            byte[] publicKey,
            CoseVerificationKey key,
            KeyScope scope,
            Instant activeFrom,
            State state) {
        this.id = Objects.requireNonNull(id, "id");
        this.kind = kind;
        this.publicKey = publicKey;
        this.key = key;
        this.scope = Objects.requireNonNull(scope, "scope");
        this.activeFrom = Objects.requireNonNull(activeFrom, "activeFrom");
        this.state = Objects.requireNonNull(state, "state");
    }

    /**
     * A key that is active from now on, from its bytes as its kind has them.
     *
     * @throws IllegalArgumentException if they are not a public key of that kind
     */
    public static IssuerKey of(KeyId id, KeyKind kind, byte[] publicKey, KeyScope scope) {
        return new IssuerKey(id, kind, publicKey.clone(), scope, Instant.MIN, State.ACTIVE);
    }

    public KeyId id() {
        return id;
    }

    public KeyKind kind() {
        return kind;
    }

    public KeyScope scope() {
        return scope;
    }

    public State state() {
        return state;
    }

    /** From when it is used; {@link Instant#MIN} if from the beginning. */
    public Instant activeFrom() {
        return activeFrom;
    }

    /** The public key's bytes: 32 of Ed25519, 33 of P-256. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The same key, published now and active from this moment on. */
    public IssuerKey activeFrom(Instant moment) {
        return new IssuerKey(id, kind, publicKey, key, scope, moment, state);
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
        return new IssuerKey(id, kind, publicKey, key, scope, activeFrom, later);
    }

    /** Whether it is the same public key, whatever its id and its life. */
    public boolean isSameKey(IssuerKey other) {
        return kind == other.kind && Arrays.equals(publicKey, other.publicKey);
    }

    /** Whether it may be used with this algorithm, a number of the COSE registry; see {@link KeyKind}. */
    public boolean takes(long coseAlgorithm) {
        return key.takes(coseAlgorithm);
    }

    /**
     * Whether it made this signature; asks nothing about its state. Of the two forms that a signature on P-256 has only the
     * one with the lower s is taken, so that nobody can change a pass into another. Never throws, whatever the bytes.
     */
    public boolean verify(byte[] message, byte[] signature) {
        return (kind != KeyKind.P256 || Es256Key.hasLowS(signature)) && key.verify(message, signature);
    }

    /** Why something that it signed for this use is not to be taken at this time; empty if nothing speaks against it. */
    public Optional<Reason> whyNot(KeyUse use, Instant at) {
        if (state == State.REVOKED) {
            return Optional.of(
                    Reason.format("code.revoked-key", "The issuer's key %s was withdrawn: ask for a new pass.", id));
        }
        if (at.isBefore(activeFrom)) {
            return Optional.of(Reason.format(
                    "code.key-not-active", "The issuer's key %s is used from %s on: ask the guard.", id, activeFrom));
        }
        return scope.uses().contains(use)
                ? Optional.empty()
                : Optional.of(Reason.format(
                        "code.key-use", "The issuer's key %s may not sign %s: ask for a new pass.", id, use));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IssuerKey that
                && id.equals(that.id)
                && isSameKey(that)
                && scope.equals(that.scope)
                && activeFrom.equals(that.activeFrom)
                && state == that.state;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, kind, Arrays.hashCode(publicKey), scope, activeFrom, state);
    }

    @Override
    public String toString() {
        return "IssuerKey[" + id + ", " + kind + ", " + state
                + (activeFrom.equals(Instant.MIN) ? "" : " from " + activeFrom) + "]";
    }
}
