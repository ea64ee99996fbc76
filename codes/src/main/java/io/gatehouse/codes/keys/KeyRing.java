package io.gatehouse.codes.keys;

import io.gatehouse.codes.keys.IssuerKey.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuer keys that a verifier trusts. To roll a key: add the new one, active from a moment by which all gates will
 * have it; give the ring to all gates; from that moment on the issuer signs with it; retire the old one. No valid pass is
 * refused meanwhile. Immutable and thread-safe: each change gives a new ring.
 */
public final class KeyRing {
    private final Map<KeyId, IssuerKey> keys;

    private KeyRing(Map<KeyId, IssuerKey> keys) {
        this.keys = keys;
    }

    /**
     * A ring of these keys.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public static KeyRing of(Collection<IssuerKey> keys) {
        Map<KeyId, IssuerKey> byId = new LinkedHashMap<>();
        for (IssuerKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("key id " + key.id() + " is there twice");
            }
        }
        return new KeyRing(byId);
    }

    public static KeyRing of(IssuerKey... keys) {
        return of(List.of(keys));
    }

    /** The key with this id. */
    public Optional<IssuerKey> find(KeyId id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The key to sign with: the one that was active last, of those that this tenant may use so at this time. */
    public Optional<IssuerKey> signing(String tenant, KeyUse use, Instant at) {
        return keys.values().stream()
                .filter(key ->
                        key.state() == State.ACTIVE && key.scope().tenant().equals(tenant))
                .filter(key -> key.whyNot(use, at).isEmpty())
                .max(Comparator.comparing(IssuerKey::activeFrom));
    }

    /** All keys, in the order they were added. */
    public List<IssuerKey> keys() {
        return List.copyOf(keys.values());
    }

    /**
     * With one more key.
     *
     * @throws IllegalArgumentException if its id is taken, also by a key that is revoked
     */
    public KeyRing with(IssuerKey key) {
        Map<KeyId, IssuerKey> more = new LinkedHashMap<>(keys);
        if (more.putIfAbsent(key.id(), key) != null) {
            throw new IllegalArgumentException("key id " + key.id() + " is taken; ids are not used again");
        }
        return new KeyRing(more);
    }

    /** With this key signing no more. */
    public KeyRing withRetired(KeyId id) {
        return with(id, State.RETIRED);
    }

    /** With everything that this key signed refused. */
    public KeyRing withRevoked(KeyId id) {
        return with(id, State.REVOKED);
    }

    private KeyRing with(KeyId id, State state) {
        IssuerKey key =
                find(id).orElseThrow(() -> new IllegalArgumentException("there is no key " + id + " in the ring"));
        Map<KeyId, IssuerKey> changed = new LinkedHashMap<>(keys);
        changed.put(id, key.in(state));
        return new KeyRing(changed);
    }

    @Override
    public String toString() {
        return "KeyRing" + keys.values();
    }
}
