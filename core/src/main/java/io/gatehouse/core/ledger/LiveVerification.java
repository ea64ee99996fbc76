package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.SliceCheck.Checked;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads a ledger's tables from the first entry to the last and holds contents against hashes, hashes against the stored
 * roots, and those against a signed checkpoint. Slices are checked by the threads of an executor and put together in
 * order by the caller's; so many slices are on their way at once, and memory does not grow with the ledger. Used once.
 */
final class LiveVerification {
    private final Store store;
    private final CheckpointNote anchor;
    private final PersonListCheck.Lead lead;
    private final Findings findings = new Findings();
    private final VerificationRound round;

    LiveVerification(Store store, CheckpointNote anchor, PersonListCheck.Lead lead) {
        this.store = store;
        this.anchor = anchor;
        this.lead = lead;
        this.round = new VerificationRound(store, new MerkleTree(), new KeyChain());
    }

    /** Of a store that nobody need have opened, with nothing but the public key. */
    static Verification ofStore(Store store, VerifierKey key) throws IOException {
        LedgerOpening.migrate(store);
        CheckpointNote anchor = LedgerOpening.lastCheckpoint(store)
                .orElseThrow(() -> new LedgerException("the store holds no signed checkpoint: open its ledger, sign a"
                        + " checkpoint and keep a copy elsewhere"));
        MerkleTree now = new TreeNodes(store).tree(store.read(LedgerTables::size));
        return LedgerThreads.inSlices(
                (executor, slicesAtOnce) -> new LiveVerification(store, anchor, (pseudonym, person) -> true)
                        .verify(key, now.size(), now.root(), executor, slicesAtOnce));
    }

    /**
     * Verifies.
     *
     * @param atOnce how many slices are on their way at most
     */
    Verification verify(VerifierKey key, long size, byte[] root, Executor executor, int atOnce) throws IOException {
        Deque<CompletableFuture<Checked>> underway = new ArrayDeque<>();
        if (anchor.size() == 0 && !round.endsWith(anchor.root())) {
            VerificationRound.wrongRoot(anchor, findings);
        }
        PersonListCheck persons = PersonListCheck.begin(store, lead, findings);
        long next = 0;
        while (next < size || !underway.isEmpty()) {
            while (next < size && underway.size() < atOnce) {
                long first = next;
                next = Math.min(first + SliceCheck.WIDTH, size);
                long end = next;
                underway.add(CompletableFuture.supplyAsync(() -> check(first, end), executor));
            }
            Checked checked = Outcomes.await(underway.remove());
            round.take(checked, List.of(anchor), findings);
            persons.take(checked.persons(), checked.end(), findings);
        }
        if (!round.endsWith(root)) {
            findings.add(
                    Kind.WRONG_ROOT,
                    Finding.WHOLE,
                    "The entries after the checkpoint at " + anchor.size() + " are not those that were recorded.");
        }
        checkKeys(key);
        return findings.outcome(anchor, key);
    }

    private Checked check(long first, long end) {
        try {
            return new SliceCheck(store, first, end).check();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void checkKeys(VerifierKey key) {
        KeyChain chain = round.chain();
        if (chain.newest().filter(newest -> !newest.equals(key)).isPresent()) {
            findings.add(
                    Kind.WRONG_KEY, Finding.WHOLE, "The ledger is signed by another key than that of its last change.");
        }
        findings.checkSignature(anchor, chain.inForce(anchor.size()).orElse(key));
    }
}
