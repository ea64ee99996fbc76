package io.gatehouse.core.ledger.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Inclusion and consistency proofs of RFC 9162 sections 2.1.3 and 2.1.4: makes them from the roots of complete subtrees
 * and verifies them. Stateless and thread-safe. Verifying answers false for whatever is not right, of any length; making
 * throws {@link IllegalArgumentException} for a size or an index that cannot be.
 */
public final class MerkleProofs {
    private MerkleProofs() {}

    /** Where the roots of complete subtrees come from. */
    @FunctionalInterface
    public interface Subtrees {
        /** The root of the 2<sup>height</sup> leaves from {@code index} × 2<sup>height</sup> on. */
        byte[] root(int height, long index) throws IOException;
    }

    /** The tree hash of the first {@code size} leaves. */
    public static byte[] root(long size, Subtrees subtrees) throws IOException {
        return size == 0 ? new MerkleTree().root() : new Maker(subtrees).hash(0, size);
    }

    /** The proof that the leaf at {@code index} is in the tree of {@code size} leaves: hashes from the leaf upwards. */
    public static List<byte[]> inclusion(long index, long size, Subtrees subtrees) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no leaf " + index + " in a tree of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        new Maker(subtrees).inclusion(index, 0, size, proof);
        return proof;
    }

    /** The proof that the tree of {@code newSize} leaves begins with the {@code oldSize} leaves of an earlier one. */
    public static List<byte[]> consistency(long oldSize, long newSize, Subtrees subtrees) throws IOException {
        if (oldSize < 1 || oldSize > newSize) {
            throw new IllegalArgumentException(
                    "a tree of " + newSize + " leaves cannot be shown to begin with " + oldSize);
        }
        List<byte[]> proof = new ArrayList<>();
        new Maker(subtrees).consistency(oldSize, 0, newSize, true, proof);
        return proof;
    }

    /** Whether the leaf hash is at this index of the tree with this size and root. */
    public static boolean verifyInclusion(long index, long size, byte[] leafHash, List<byte[]> proof, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != Sha256.BYTES || !areHashes(proof)) {
            return false;
        }
        Sha256 sha256 = new Sha256();
        long at = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = sha256.node(sibling, hash);
                int levels = Long.numberOfTrailingZeros(at);
                at >>= levels;
                last >>= levels;
            } else {
                hash = sha256.node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the tree of the new size and root begins with that of the old size and root. */
    public static boolean verifyConsistency(
            long oldSize, long newSize, byte[] oldRoot, byte[] newRoot, List<byte[]> proof) {
        if (oldSize < 1 || oldSize > newSize || !areHashes(proof)) {
            return false;
        }
        if (oldSize == newSize) {
            return proof.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        List<byte[]> path = new ArrayList<>(proof);
        if (Long.bitCount(oldSize) == 1) {
            path.add(0, oldRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(oldSize);
        return climb((oldSize - 1) >> shared, (newSize - 1) >> shared, path, oldRoot, newRoot);
    }

    private static boolean climb(long oldLast, long newLast, List<byte[]> path, byte[] oldRoot, byte[] newRoot) {
        Sha256 sha256 = new Sha256();
        long at = oldLast;
        long last = newLast;
        byte[] oldHash = path.get(0);
        byte[] newHash = path.get(0);
        for (byte[] sibling : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                oldHash = sha256.node(sibling, oldHash);
                newHash = sha256.node(sibling, newHash);
                int levels = Long.numberOfTrailingZeros(at);
                at >>= levels;
                last >>= levels;
            } else {
                newHash = sha256.node(newHash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
    }

    private static boolean areHashes(List<byte[]> proof) {
        return proof.stream().allMatch(hash -> hash.length == Sha256.BYTES);
    }

    /** The recursions of the RFC, over ranges of leaves. */
    private static final class Maker {
        private final Sha256 sha256 = new Sha256();
        private final Subtrees subtrees;

        Maker(Subtrees subtrees) {
            this.subtrees = subtrees;
        }

        byte[] hash(long start, long end) throws IOException {
            long count = end - start;
            if (Long.bitCount(count) == 1) {
                int height = Long.numberOfTrailingZeros(count);
                return subtrees.root(height, start >> height);
            }
            long middle = start + Long.highestOneBit(count);
            return sha256.node(hash(start, middle), hash(middle, end));
        }

        void inclusion(long index, long start, long end, List<byte[]> proof) throws IOException {
            if (end - start == 1) {
                return;
            }
            long middle = middle(start, end);
            if (index < middle) {
                inclusion(index, start, middle, proof);
                proof.add(hash(middle, end));
            } else {
                inclusion(index, middle, end, proof);
                proof.add(hash(start, middle));
            }
        }

        /** {@code known} says whether the verifier has the hash of the old leaves of this range: the old root. */
        void consistency(long oldEnd, long start, long end, boolean known, List<byte[]> proof) throws IOException {
            if (oldEnd == end) {
                if (!known) {
                    proof.add(hash(start, end));
                }
                return;
            }
            long middle = middle(start, end);
            if (oldEnd <= middle) {
                consistency(oldEnd, start, middle, known, proof);
                proof.add(hash(middle, end));
            } else {
                consistency(oldEnd, middle, end, false, proof);
                proof.add(hash(start, middle));
            }
        }

        /** The largest power of two that is smaller than the range, from its start. */
        private static long middle(long start, long end) {
            return start + Long.highestOneBit(end - start - 1);
        }
    }
}
