package io.gatehouse.codes.bundle;

import io.gatehouse.codes.internal.cbor.CborWriter;
import io.gatehouse.codes.internal.signed.SignedPayload;
import io.gatehouse.codes.internal.signed.SignedPayload.Kind;
import io.gatehouse.codes.keys.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Signs bundles with a key that gates have pinned. With each bundle go the changes of that key, so that a gate which slept
 * through some of them follows. Keep the key apart from those that sign passes and lists: it is what puts a stolen one of
 * those out of use. Immutable and thread-safe.
 */
public final class BundleSigner {
    /** As many changes as go with a bundle; a gate that missed more is given its key by hand. */
    static final int MAX_CHANGES = 16;

    private final SigningKey key;
    private final long number;
    private final List<byte[]> changes;

    private BundleSigner(SigningKey key, long number, List<byte[]> changes) {
        this.key = Objects.requireNonNull(key, "key");
        this.number = number;
        this.changes = changes;
    }

    /** A signer with the key that gates pin when they are set up. */
    public static BundleSigner create(SigningKey key) {
        return new BundleSigner(key, 0, List.of());
    }

    /**
     * A signer whose key changed before.
     *
     * @param key     the present one
     * @param number  how many came before it
     * @param changes what {@link #changes} said then
     */
    public static BundleSigner create(SigningKey key, long number, List<byte[]> changes) {
        if (number < changes.size() || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException(
                    changes.size() + " changes do not lead to key number " + number + " (at most " + MAX_CHANGES + ")");
        }
        return new BundleSigner(key, number, changes.stream().map(byte[]::clone).toList());
    }

    /** A signer with the next key, which the present one signs: gates take it from then on, and this one no more. */
    public BundleSigner rotate(SigningKey next) {
        List<byte[]> all = new ArrayList<>(changes);
        all.add(KeyChange.sign(key, next, number + 1));
        return new BundleSigner(next, number + 1, all.subList(Math.max(0, all.size() - MAX_CHANGES), all.size()));
    }

    /**
     * The bytes for the gates.
     *
     * @throws IllegalArgumentException if they are more than the 8 MiB that a gate reads
     */
    public byte[] sign(Bundle bundle) {
        byte[] signed = SignedPayload.sign(Kind.BUNDLE, BundleCodec.encode(bundle), key);
        CborWriter out = new CborWriter().arrayHead(2).arrayHead(changes.size());
        changes.forEach(out::bytes);
        byte[] parcel = out.bytes(signed).toByteArray();
        if (parcel.length > BundleCodec.MAX_BUNDLE) {
            throw new IllegalArgumentException("a bundle of " + parcel.length + " bytes is more than the "
                    + BundleCodec.MAX_BUNDLE + " that a gate reads");
        }
        return parcel;
    }

    /** How many keys came before the present one. */
    public long number() {
        return number;
    }

    /** The changes up to the present key, to be kept beside it; they are no secret. */
    public List<byte[]> changes() {
        return changes.stream().map(byte[]::clone).toList();
    }

    @Override
    public String toString() {
        return "BundleSigner[" + key.id() + ", number " + number + "]";
    }
}
