package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.NodeTables.Node;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.List;

/** The roots of complete subtrees from the ledger's tables, of which every eighth level is stored. Thread-safe. */
final class TreeNodes implements MerkleProofs.Subtrees {
    private final Store store;

    TreeNodes(Store store) {
        this.store = store;
    }

    @Override
    public byte[] root(int height, long index) throws IOException {
        int level = height / TilePath.HEIGHT;
        int above = height % TilePath.HEIGHT;
        long from = index << above;
        MerkleTree tree = new MerkleTree();
        for (Node node : nodes(level, from, (index + 1) << above)) {
            tree.append(node.hash());
        }
        return tree.root();
    }

    /** The tree of this size, from at most 255 hashes a level. */
    MerkleTree tree(long size) throws IOException {
        int level = 0;
        while (NodeTables.span(level + 1) <= size) {
            level++;
        }
        MerkleTree tree = new MerkleTree();
        for (; level >= 0; level--) {
            long span = NodeTables.span(level);
            for (Node node : nodes(level, tree.size() / span, size / span)) {
                tree.appendSubtree(TilePath.HEIGHT * level, node.hash());
            }
        }
        return tree;
    }

    private List<Node> nodes(int level, long from, long end) throws IOException {
        List<Node> nodes = store.read(connection -> NodeTables.nodes(connection, level, from, end));
        long expected = from;
        for (Node node : nodes) {
            if (node.position() != expected || node.hash().length != MerkleTree.HASH_BYTES) {
                break;
            }
            expected++;
        }
        if (expected != end) {
            throw new LedgerException("the ledger is damaged: entries from "
                    + expected * NodeTables.span(level) + " on, or their hashes, are missing; restore the last backup"
                    + " that verifies");
        }
        return nodes;
    }
}
