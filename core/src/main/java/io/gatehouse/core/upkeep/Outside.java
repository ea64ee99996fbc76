package io.gatehouse.core.upkeep;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.ExportedEntries;
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
import org.jspecify.annotations.Nullable;

/**
 * What is known of a ledger where its store cannot reach: all of it is signed by a trusted key and free of contradiction.
 * Immutable.
 *
 * @param keys        that the ledger signs or signed by
 * @param checkpoints by size, at least one
 * @param proof       that some checkpoint begins with the backup's entries; empty if there is none
 */
record Outside(
        List<VerifierKey> keys,
        List<CheckpointNote> checkpoints,
        List<byte[]> proof,
        Optional<ExportedEntries> export) {

    /** @throws IllegalArgumentException if a note is not signed by one of the keys, or two contradict each other */
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
            if (signer(keys, each).isEmpty()) {
                throw new IllegalArgumentException(
                        "the kept checkpoint of size " + each.size() + " is not signed by a key that is trusted");
            }
            if (!each.origin().equals(before.origin())
                    || (each.size() == before.size() && !Arrays.equals(each.root(), before.root()))) {
                throw new IllegalArgumentException("the kept checkpoints of sizes " + before.size() + " and "
                        + each.size() + " contradict each other: they are of two ledgers, or of one with two pasts");
            }
            before = each;
        }
    }

    private static Optional<VerifierKey> signer(List<VerifierKey> keys, CheckpointNote note) {
        return keys.stream()
                .filter(key -> note.signed(key) == CheckpointNote.Signed.BY_THIS_KEY)
                .findFirst();
    }

    /** With an export, which is verified whole first. */
    Outside with(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return this;
        }
        ExportedEntries exported = ExportedEntries.open(directory);
        VerifierKey key = signer(keys, exported.checkpoint())
                .orElseThrow(() -> new BackupRefusedException(
                        "The export in " + directory + " is not signed by a key that is trusted: leave it out."));
        Verification verification = LedgerVerifier.of(key).verify(directory);
        if (!verification.isVerified()) {
            throw new BackupRefusedException("The export in " + directory + " does not verify, so nothing can be held"
                    + " against it: " + verification.findings().get(0));
        }
        List<CheckpointNote> all = new ArrayList<>(checkpoints);
        all.add(exported.checkpoint());
        try {
            return new Outside(keys, all, proof, Optional.of(exported));
        } catch (IllegalArgumentException e) {
            throw new BackupRefusedException("The export in " + directory + " does not fit: " + e.getMessage() + ".");
        }
    }

    CheckpointNote newest() {
        return checkpoints.get(checkpoints.size() - 1);
    }
}
