package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.Checkpoint;
import io.gatehouse.core.ledger.StoreLedger;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.ExportedEntries;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Holds a restored ledger against what is known outside. A checkpoint that is no longer than the ledger is compared by a
 * consistency proof (RFC 9162, 2.1.4) over the restored tree; a longer one by a proof from elsewhere, or by the entries
 * of an export.
 */
final class PrefixCheck {
    private final StoreLedger ledger;
    private final Outside outside;
    private final long size;
    private final byte[] root;

    PrefixCheck(StoreLedger ledger, Outside outside) throws IOException {
        this.ledger = ledger;
        this.outside = outside;
        Checkpoint now = ledger.checkpoint();
        this.size = now.size();
        this.root = HexFormat.of().parseHex(now.rootHash());
    }

    /**
     * How many entries, from the first on, are those known outside; all if the ledger is a prefix of the newest checkpoint.
     *
     * @throws BackupRefusedException if any are not
     */
    long shown() throws IOException {
        long shown = shownByShorterCheckpoints();
        if (outside.newest().size() <= size) {
            return shown;
        }
        if (!outside.proof().isEmpty()) {
            requireProof(outside.proof());
            shown = size;
        }
        ExportedEntries export = outside.export().orElse(null);
        if (export != null && export.checkpoint().size() >= size) {
            requirePrefixOf(export);
            shown = size;
        }
        return shown;
    }

    private long shownByShorterCheckpoints() throws IOException {
        long shown = 0;
        for (CheckpointNote known : outside.checkpoints()) {
            if (known.size() < 1 || known.size() > size) {
                continue;
            }
            List<byte[]> proof = ledger.consistencyProof(known.size(), size);
            if (!MerkleProofs.verifyConsistency(known.size(), size, known.root(), root, proof)) {
                throw refused("its first " + known.size() + " entries are not those of the checkpoint kept outside");
            }
            shown = known.size();
        }
        return shown;
    }

    private void requireProof(List<byte[]> proof) throws IOException {
        for (CheckpointNote known : outside.checkpoints()) {
            if (known.size() > size && MerkleProofs.verifyConsistency(size, known.size(), root, known.root(), proof)) {
                return;
            }
        }
        throw refused("the proof given does not lead from its " + size + " entries to a checkpoint kept outside");
    }

    private void requirePrefixOf(ExportedEntries export) throws IOException {
        MerkleTree tree = new MerkleTree();
        compare(tree);
        export.read(0, export.checkpoint().size(), (index, content) -> {
            tree.append(MerkleTree.leafHash(content));
            compare(tree);
        });
    }

    private void compare(MerkleTree exported) throws IOException {
        if (exported.size() == size && !Arrays.equals(exported.root(), root)) {
            throw refused("its " + size + " entries are not those of the export");
        }
        for (CheckpointNote known : outside.checkpoints()) {
            if (exported.size() == known.size() && !Arrays.equals(exported.root(), known.root())) {
                throw refused("the export's first " + known.size()
                        + " entries are not those of the checkpoint kept outside, so it shows nothing");
            }
        }
    }

    private BackupRefusedException refused(String why) {
        return new BackupRefusedException("This backup's ledger of " + size + " entries is not consistent with what is"
                + " known outside: " + why + ". Use another backup, and find out which of the two was altered.");
    }
}
