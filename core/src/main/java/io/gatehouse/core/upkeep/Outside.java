package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.ExportedEntries;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.LedgerVerifier;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a ledger where its store cannot reach: it is free of contradiction, and {@link #requireSigned} says
 * whether all of it is signed. Immutable.
 *
 * @param keys        that the ledger signs or signed by, at least one
 * @param checkpoints by size, at least one
 * @param proof       that some checkpoint begins with the backup's entries; empty if there is none
 */
record Outside(
        List<VerifierKey> keys,
        List<CheckpointNote> checkpoints,
        List<byte[]> proof,
        Optional<ExportedEntries> export) {

    /** @throws IllegalArgumentException if something is missing, or two notes contradict each other */
    Outside {
        keys = List.copyOf(keys);
        checkpoints = checkpoints.stream()
                .sorted(Comparator.comparingLong(CheckpointNote::size))
                .toList();
        proof = List.copyOf(proof);
        if (keys.isEmpty() || checkpoints.isEmpty()) {
            throw new IllegalArgumentException("a backup is held against what is known outside: give the ledger's"
                    + " verifier key and the newest checkpoint that was kept elsewhere");
        }
        CheckpointNote before = checkpoints.get(0);
        for (CheckpointNote each : checkpoints) {
            if (!each.origin().equals(before.origin())
                    || (each.size() == before.size() && !Arrays.equals(each.root(), before.root()))) {
                throw new IllegalArgumentException("the kept checkpoints of sizes " + before.size() + " and "
                        + each.size() + " contradict each other: they are of two ledgers, or of one with two pasts");
            }
            before = each;
        }
    }

    /** With an export, which is to be verified. */
    Outside with(ExportedEntries exported) throws BackupRefusedException {
        List<CheckpointNote> all = new ArrayList<>(checkpoints);
        all.add(exported.checkpoint());
        try {
            return new Outside(keys, all, proof, Optional.of(exported));
        } catch (IllegalArgumentException e) {
            throw new BackupRefusedException("The " + exported + " does not fit: " + e.getMessage() + ".");
        }
    }

    /** Verifies an export by any key that is trusted, and follows its changes of key. */
    static void requireVerified(Path directory, ExportedEntries exported, TrustedKeys trusted) throws IOException {
        for (VerifierKey key : trusted.all()) {
            Verification verification = LedgerVerifier.of(key).verify(directory);
            if (verification.isVerified()) {
                trusted.follow(exported.keyChain());
                return;
            }
            Optional<Finding> wrong = verification.findings().stream()
                    .filter(finding -> finding.kind() != Finding.Kind.WRONG_KEY)
                    .findFirst();
            if (wrong.isPresent()) {
                throw new BackupRefusedException("The export in " + directory + " does not verify, so nothing can be"
                        + " held against it: " + wrong.get());
            }
        }
        throw new BackupRefusedException(
                "The export in " + directory + " is not signed by a key that is trusted, nor by"
                        + " one that its changes of key lead to from there: leave it out.");
    }

    /** @throws BackupRefusedException if a kept checkpoint is not signed by a key that is trusted */
    void requireSigned(TrustedKeys trusted) throws BackupRefusedException {
        for (CheckpointNote each : checkpoints) {
            if (!trusted.signed(each)) {
                throw new BackupRefusedException(
                        "The kept checkpoint of size " + each.size() + " is not signed by a key"
                                + " that is trusted, nor by one that changes of key in the backup or the export lead to: it is of"
                                + " another ledger, or the key changed since the backup; then give an export, or the new key if"
                                + " you know it from elsewhere.");
            }
        }
    }

    CheckpointNote newest() {
        return checkpoints.get(checkpoints.size() - 1);
    }
}
