package io.gatehouse.policy.retain;

import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import io.gatehouse.policy.retain.DeletionProof.Way;
import io.gatehouse.policy.retain.PurgeTables.Batch;
import io.gatehouse.policy.retain.PurgeTables.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds an item among what a run destroyed. Thread-safe. */
record ProofFinder(Store store, Vault vault) {
    Optional<DeletionProof> find(UUID runId, String keeper, String id) throws IOException {
        Optional<Run> run = store.read(connection -> PurgeTables.find(connection, runId));
        if (run.isEmpty()) {
            return Optional.empty();
        }
        byte[] salt = vault.openSecret(Destroyer.saltName(run.get()), run.get().sealedSalt());
        byte[] leaf = DeletionProof.leaf(salt, keeper, id);
        List<byte[]> batches = new ArrayList<>();
        Optional<Way> inBatch = Optional.empty();
        int found = -1;
        Optional<Batch> next = next(runId, keeper, -1);
        while (next.isPresent()) {
            Optional<Way> way = way(hashes(next.get().leaves()), leaf);
            if (way.isPresent()) {
                inBatch = way;
                found = batches.size();
            }
            batches.add(MerkleTree.leafHash(Certifier.root(next.get().leaves())));
            next = next(runId, keeper, next.get().id().seq());
        }
        return inBatch.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeletionProof(keeper, id, salt, inBatch.get(), way(batches, found)));
    }

    private Optional<Batch> next(UUID runId, String keeper, long seq) throws IOException {
        return store.read(connection -> PurgeTables.next(connection, runId, keeper, seq));
    }

    private static List<byte[]> hashes(byte[] leaves) {
        List<byte[]> hashes = new ArrayList<>();
        for (int at = 0; at < leaves.length; at += MerkleTree.HASH_BYTES) {
            hashes.add(Arrays.copyOfRange(leaves, at, at + MerkleTree.HASH_BYTES));
        }
        return hashes;
    }

    private static Optional<Way> way(List<byte[]> hashes, byte[] leaf) throws IOException {
        for (int i = 0; i < hashes.size(); i++) {
            if (Arrays.equals(hashes.get(i), leaf)) {
                return Optional.of(way(hashes, i));
            }
        }
        return Optional.empty();
    }

    private static Way way(List<byte[]> hashes, int index) throws IOException {
        MerkleTree tree = new MerkleTree();
        Map<String, byte[]> subtrees = new HashMap<>();
        hashes.forEach(hash -> tree.append(hash, (height, at, root) -> subtrees.put(height + "/" + at, root.clone())));
        List<byte[]> path = MerkleProofs.inclusion(index, hashes.size(), (height, at) -> {
            byte[] root = subtrees.get(height + "/" + at);
            if (root == null) {
                throw new IOException("there is no subtree of height " + height + " at " + at);
            }
            return root;
        });
        return new Way(index, hashes.size(), path, tree.root());
    }
}
