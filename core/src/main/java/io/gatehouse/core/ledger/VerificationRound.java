package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.NodeTables.Node;
import io.gatehouse.core.ledger.NodeTables.StoredNode;
import io.gatehouse.core.ledger.SliceCheck.Checked;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts checked slices together in order: the upper hashes, the roots that checkpoints signed, the changes of key. Memory
 * does not grow with the ledger. Not thread-safe.
 */
final class VerificationRound {
    private final Store store;
    private final MerkleTree tree;
    private final KeyChain chain;
    private final List<StoredNode> completed = new ArrayList<>();
    private boolean complete = true;

    /**
     * Begins where a tree ends.
     *
     * @param chain the changes of key before
     */
    VerificationRound(Store store, MerkleTree tree, KeyChain chain) {
        this.store = store;
        this.tree = tree;
        this.chain = chain;
    }

    /** The same without a tree to compare: hashes before it are missing. */
    VerificationRound broken() {
        complete = false;
        return this;
    }

    KeyChain chain() {
        return chain;
    }

    /**
     * Takes the next slice.
     *
     * @param signed   checkpoints whose size is after its first entry, and not after its last; others are left aside
     * @param findings where what is wrong is added
     */
    void take(Checked slice, List<CheckpointNote> signed, Findings findings) throws IOException {
        findings.addAll(slice.findings());
        complete &= slice.isComplete();
        if (!complete) {
            slice.changes().forEach((index, change) -> chain.check(index, change, Optional.empty(), findings));
            return;
        }
        SortedMap<Long, CheckpointNote> points = new TreeMap<>();
        signed.forEach(note -> points.put(note.size(), note));
        boolean isSubtree = slice.hashes().size() == SliceCheck.WIDTH && slice.first() % SliceCheck.WIDTH == 0;
        if (isSubtree
                && slice.changes().isEmpty()
                && points.subMap(slice.first() + 1, slice.end()).isEmpty()) {
            tree.appendSubtree(SliceCheck.HEIGHT, slice.root(), this::completed);
            compareRoot(points, findings);
        } else {
            for (byte[] hash : slice.hashes()) {
                String change = slice.changes().get(tree.size());
                if (change != null) {
                    chain.check(tree.size(), change, Optional.of(tree.root()), findings);
                }
                tree.append(hash, this::completed);
                compareRoot(points, findings);
            }
        }
        compareUpper(findings);
    }

    /** Those of the lowest level were compared with their slice. */
    private void completed(int height, long index, byte[] root) {
        if (height > TilePath.HEIGHT && height % TilePath.HEIGHT == 0) {
            completed.add(new StoredNode(height / TilePath.HEIGHT, index, root));
        }
    }

    private void compareUpper(Findings findings) throws IOException {
        for (StoredNode node : completed) {
            List<Node> stored = store.read(
                    connection -> NodeTables.nodes(connection, node.level(), node.position(), node.position() + 1));
            if (stored.size() != 1 || !Arrays.equals(stored.get(0).hash(), node.hash())) {
                SliceCheck.disagree(findings, node.level(), node.position());
            }
        }
        completed.clear();
    }

    private void compareRoot(SortedMap<Long, CheckpointNote> points, Findings findings) {
        CheckpointNote note = points.get(tree.size());
        if (note != null && !Arrays.equals(tree.root(), note.root())) {
            wrongRoot(note, findings);
        }
    }

    static void wrongRoot(CheckpointNote note, Findings findings) {
        findings.add(
                Kind.WRONG_ROOT,
                Finding.WHOLE,
                "The hashes of the first " + note.size()
                        + " entries give another root than the signed one: hashes were altered.");
    }

    /** Whether all entries so far were there and have this root; without one of them there is nothing to compare. */
    boolean endsWith(byte[] root) {
        return !complete || Arrays.equals(tree.root(), root);
    }
}
