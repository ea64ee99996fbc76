package io.gatehouse.core.ledger.verify;

import org.jspecify.annotations.Nullable;

/**
 * The Merkle tree of RFC 9162 section 2.1 (the same as RFC 6962's) as it grows: keeps the roots of its complete
 * subtrees only, one for each binary digit 1 of its size, so that it takes 2 KiB for any number of leaves and an append
 * costs one hash on average. Not thread-safe; throws {@link IllegalArgumentException} for a hash of another length.
 */
public final class MerkleTree {
    /** Bytes of a hash. */
    public static final int HASH_BYTES = Sha256.BYTES;

    private static final int MAX_HEIGHT = 62;

    private final Sha256 sha256 = new Sha256();
    private final byte[] @Nullable [] complete = new byte[MAX_HEIGHT + 1] @Nullable [];
    private long size;

    /** An empty tree. */
    public MerkleTree() {}

    /** Hears of each complete subtree when its last leaf is added, the smallest first. */
    @FunctionalInterface
    public interface Listener {
        /** The 2<sup>height</sup> leaves from {@code index} × 2<sup>height</sup> on have this root. */
        void completed(int height, long index, byte[] root);
    }

    /** A tree of the same leaves that grows by itself. */
    public MerkleTree copy() {
        MerkleTree copy = new MerkleTree();
        System.arraycopy(complete, 0, copy.complete, 0, complete.length);
        copy.size = size;
        return copy;
    }

    /** The hash of a leaf: SHA-256 of a zero byte and the leaf's bytes. */
    public static byte[] leafHash(byte[] leaf) {
        return new Sha256().leaf(leaf, 0, leaf.length);
    }

    /** As {@link #leafHash}, quicker for many; adds nothing. */
    public byte[] hashOf(byte[] leaf) {
        return sha256.leaf(leaf, 0, leaf.length);
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** Adds a leaf by its hash. */
    public void append(byte[] leafHash) {
        append(leafHash, (height, index, root) -> {});
    }

    /** Adds a leaf by its hash and says which subtrees it completes; that of the leaf alone is the first. */
    public void append(byte[] leafHash, Listener listener) {
        add(0, leafHash, listener);
    }

    /**
     * Adds 2<sup>height</sup> leaves by the root of their subtree.
     *
     * @throws IllegalArgumentException if the size is no multiple of 2<sup>height</sup>, for then they are no subtree
     */
    public void appendSubtree(int height, byte[] root) {
        appendSubtree(height, root, (at, index, completed) -> {});
    }

    /** As {@link #appendSubtree(int, byte[])}, and says which subtrees this completes; that itself is the first. */
    public void appendSubtree(int height, byte[] root, Listener listener) {
        add(height, root, listener);
    }

    private void add(int height, byte[] root, Listener listener) {
        if (height < 0 || height >= MAX_HEIGHT || (size & ((1L << height) - 1)) != 0) {
            throw new IllegalArgumentException(
                    "a subtree of height " + height + " cannot stand after " + size + " leaves");
        }
        byte[] hash = requireHash(root).clone();
        int at = height;
        listener.completed(at, size >> at, hash);
        for (byte[] left = complete[at]; left != null; left = complete[at]) {
            hash = sha256.node(left, hash);
            complete[at] = null;
            at++;
            listener.completed(at, size >> at, hash);
        }
        complete[at] = hash;
        size += 1L << height;
    }

    /** The tree hash of all leaves so far; of none, the hash of nothing. */
    public byte[] root() {
        byte[] right = null;
        for (byte[] left : complete) {
            if (left != null) {
                right = right == null ? left : sha256.node(left, right);
            }
        }
        return right == null ? sha256.of(new byte[0]) : right.clone();
    }

    private static byte[] requireHash(byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException("a hash has " + HASH_BYTES + " bytes, this one " + hash.length);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "MerkleTree[" + size + " leaves]";
    }
}
