package io.gatehouse.policy.retain;

import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * That one item is among those that a {@link PurgeCertificate} says were destroyed: for whoever knows the item's id, such
 * as the person it was about. Needs neither database nor key. Immutable and thread-safe.
 *
 * @param keeper  who kept it
 * @param id      of the item
 * @param salt    of the run, 32 bytes
 * @param inBatch the way from the item to its batch
 * @param batch   the way from the batch to the certificate's root
 */
public record DeletionProof(String keeper, String id, byte[] salt, Way inBatch, Way batch) {
    public DeletionProof {
        Objects.requireNonNull(keeper, "keeper");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(inBatch, "inBatch");
        Objects.requireNonNull(batch, "batch");
        salt = salt.clone();
    }

    /**
     * A way up a Merkle tree (RFC 9162, 2.1.3).
     *
     * @param index  of the leaf
     * @param size   of the tree
     * @param hashes beside the way, from the leaf upwards
     * @param root   of the tree
     */
    public record Way(long index, long size, List<byte[]> hashes, byte[] root) {
        public Way {
            hashes = List.copyOf(hashes);
            root = root.clone();
        }

        boolean leadsFrom(byte[] leafHash) {
            return MerkleProofs.verifyInclusion(index, size, leafHash, hashes, root);
        }
    }

    /** Whether this leads to the root in a certificate, lower-case hex. */
    public boolean leadsTo(String idsRoot) {
        return inBatch.leadsFrom(leaf(salt, keeper, id))
                && batch.leadsFrom(MerkleTree.leafHash(inBatch.root()))
                && HexFormat.of().formatHex(batch.root()).equals(idsRoot);
    }

    /** What stands for an item: nobody who has not the salt can try ids. */
    static byte[] leaf(byte[] salt, String keeper, String id) {
        byte[] name = (keeper + "\0" + id).getBytes(StandardCharsets.UTF_8);
        byte[] salted = new byte[salt.length + name.length];
        System.arraycopy(salt, 0, salted, 0, salt.length);
        System.arraycopy(name, 0, salted, salt.length, name.length);
        return MerkleTree.leafHash(salted);
    }

    /** Says nothing of the item. */
    @Override
    public String toString() {
        return "DeletionProof[" + keeper + "]";
    }
}
