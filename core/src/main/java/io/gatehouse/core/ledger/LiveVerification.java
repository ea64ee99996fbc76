package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Listed;
import io.gatehouse.core.ledger.LedgerTables.Node;
import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.TilePath;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a ledger's tables from the first entry to the last and holds contents against hashes, hashes against the stored
 * roots, and those against a signed checkpoint. Used once, by one thread; memory does not grow with the ledger.
 */
final class LiveVerification {
    private final Store store;
    private final CheckpointNote anchor;
    private final Findings findings = new Findings();
    private final MerkleTree tree = new MerkleTree();
    private final KeyChain chain = new KeyChain();

    LiveVerification(Store store, CheckpointNote anchor) {
        this.store = store;
        this.anchor = anchor;
    }

    Verification verify(VerifierKey key, long size, byte[] root) throws IOException {
        boolean complete = true;
        compareWithAnchor();
        for (long first = 0; first < size; first += TilePath.WIDTH) {
            complete &= batch(first, Math.min(first + TilePath.WIDTH, size), complete);
        }
        if (complete && !Arrays.equals(tree.root(), root)) {
            findings.add(
                    Kind.WRONG_ROOT,
                    Finding.WHOLE,
                    "The entries after the checkpoint at " + anchor.size() + " are not those that were recorded.");
        }
        checkKeys(key);
        return findings.outcome(anchor, key);
    }

    private void checkKeys(VerifierKey key) {
        if (chain.newest().filter(newest -> !newest.equals(key)).isPresent()) {
            findings.add(
                    Kind.WRONG_KEY, Finding.WHOLE, "The ledger is signed by another key than that of its last change.");
        }
        findings.checkSignature(anchor, chain.inForce(anchor.size()).orElse(key));
    }

    /** False if an entry is missing, after which there is no tree. */
    private boolean batch(long first, long end, boolean complete) throws IOException {
        List<Listed> rows = store.read(connection -> LedgerTables.listed(connection, first, end));
        List<Node> completed = new ArrayList<>();
        Map<Node, Integer> levels = new HashMap<>();
        long expected = first;
        boolean whole = complete;
        for (Listed listed : rows) {
            Row row = listed.row();
            for (; expected < row.position(); expected++) {
                missing(expected);
                whole = false;
            }
            check(row, listed.columns(), whole);
            if (whole) {
                tree.append(row.leafHash(), (height, index, hash) -> {
                    if (height > 0 && height % TilePath.HEIGHT == 0) {
                        Node node = new Node(index, hash);
                        completed.add(node);
                        levels.put(node, height / TilePath.HEIGHT);
                    }
                });
                compareWithAnchor();
            }
            expected = row.position() + 1;
        }
        for (; expected < end; expected++) {
            missing(expected);
            whole = false;
        }
        for (Node node : completed) {
            compare(levels.getOrDefault(node, 0), node);
        }
        return whole;
    }

    private void missing(long position) {
        findings.add(Kind.MISSING, position, "Entry " + position + " is missing.");
    }

    private void check(Row row, IndexColumns columns, boolean whole) {
        byte[] content = row.content();
        if (row.leafHash().length != MerkleTree.HASH_BYTES
                || !Arrays.equals(MerkleTree.leafHash(content), row.leafHash())) {
            findings.add(
                    Kind.ALTERED,
                    row.position(),
                    "Entry " + row.position() + " is not what its hash was made of: it was altered.");
        } else if (!isListedAsItIs(row, columns, whole)) {
            findings.add(
                    Kind.ALTERED,
                    row.position(),
                    "Entry " + row.position() + " is listed under what it does not hold: the list was altered.");
        }
    }

    private boolean isListedAsItIs(Row row, IndexColumns columns, boolean whole) {
        try {
            EntryBytes entry = EntryCodec.decode(row.content());
            if (entry.kind().equals(KeyChange.KIND)) {
                chain.check(
                        row.position(),
                        entry.facts().getOrDefault(KeyChange.FACT, ""),
                        whole ? Optional.of(tree.root()) : Optional.empty(),
                        findings);
            }
            return Arrays.equals(row.eventId(), LedgerTables.bytes(entry.id()))
                    && columns.equals(IndexColumns.of(entry));
        } catch (LedgerException e) {
            return false;
        }
    }

    private void compareWithAnchor() {
        if (tree.size() == anchor.size() && !Arrays.equals(tree.root(), anchor.root())) {
            findings.add(
                    Kind.WRONG_ROOT,
                    Finding.WHOLE,
                    "The hashes of the first " + anchor.size()
                            + " entries give another root than the signed one: hashes were altered.");
        }
    }

    private void compare(int level, Node computed) throws IOException {
        long position = computed.position();
        List<Node> stored = store.read(connection -> LedgerTables.nodes(connection, level, position, position + 1));
        if (stored.size() != 1 || !Arrays.equals(stored.get(0).hash(), computed.hash())) {
            long start = position * LedgerTables.span(level);
            findings.add(
                    Kind.ALTERED,
                    start,
                    "The hashes of entries " + start + " to " + (start + LedgerTables.span(level) - 1)
                            + " and their summary do not agree: one of them was altered.");
        }
    }
}
