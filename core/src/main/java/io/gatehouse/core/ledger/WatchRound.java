package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Finding;
import io.gatehouse.core.ledger.verify.Finding.Kind;
import io.gatehouse.core.ledger.verify.Findings;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A round of a watch, as far as it runs in this program: entries, hashes, checkpoints, and the lists by which persons are
 * found. Given to the end of the ledger as it was at the beginning. Not thread-safe.
 */
final class WatchRound {
    private final Parts parts;
    private final VerificationRound round;
    private final PersonListCheck persons;
    private final long size;
    private final byte[] root;

    /** The ledger's tree as it is now. */
    @FunctionalInterface
    interface Tree {
        MerkleTree get() throws IOException;
    }

    /** What of a ledger is watched. */
    record Parts(Store store, SigningKeys keys, TreeNodes nodes, Tree current, PersonListCheck.Lead lead) {}

    private WatchRound(Parts parts, VerificationRound round, PersonListCheck persons, MerkleTree whole) {
        this.parts = parts;
        this.round = round;
        this.persons = persons;
        this.size = whole.size();
        this.root = whole.root();
    }

    /**
     * A round from where the last one stopped; its tree is that of the stored hashes, which were verified before.
     *
     * @param position the entry to go on with; beyond the end of the ledger it begins anew
     */
    static WatchRound from(Parts parts, long position, Findings findings) throws IOException {
        MerkleTree whole = parts.current().get();
        if (position == 0 || position > whole.size()) {
            VerificationRound round = new VerificationRound(parts.store(), new MerkleTree(), new KeyChain());
            return new WatchRound(parts, round, PersonListCheck.begin(parts.store(), parts.lead(), findings), whole);
        }
        VerificationRound round;
        try {
            MerkleTree tree = parts.nodes().tree(position);
            round = new VerificationRound(parts.store(), tree, chainBefore(parts, position));
        } catch (LedgerException e) {
            findings.add(Kind.ALTERED, Finding.WHOLE, String.valueOf(e.getMessage()));
            round = new VerificationRound(parts.store(), new MerkleTree(), chainBefore(parts, position)).broken();
        }
        return new WatchRound(parts, round, PersonListCheck.goOn(parts.store(), parts.lead(), position), whole);
    }

    private static KeyChain chainBefore(Parts parts, long position) throws IOException {
        KeyChain chain = new KeyChain();
        for (SigningTables.ChangeRow row : parts.store().read(SigningTables::changes)) {
            if (row.position() < position) {
                String note = EntryCodec.decode(row.content()).facts().getOrDefault(KeyChange.FACT, "");
                // What is wrong with it was found when its slice was verified.
                Optional<String> unused = chain.take(row.position(), note, Optional.empty());
            }
        }
        return chain;
    }

    /** How many entries the ledger had when this began. */
    long size() {
        return size;
    }

    /** Whether all entries were there and have the root that was recorded. */
    boolean endsAsRecorded() {
        return round.endsWith(root);
    }

    /** Verifies entries; each time from where the last time ended. */
    void verify(long from, long end, Findings findings) throws IOException {
        for (long first = from; first < end; ) {
            // Slices end at multiples of their width, so that each whole one is a subtree.
            long until = Math.min(end, (first / SliceCheck.WIDTH + 1) * SliceCheck.WIDTH);
            List<CheckpointNote> signed = signed(first, until, findings);
            SliceCheck.Checked slice = new SliceCheck(parts.store(), first, until).check();
            round.take(slice, signed, findings);
            persons.take(slice.persons(), until, findings);
            first = until;
        }
    }

    /** The checkpoints in a slice that are signed as they must be. */
    private List<CheckpointNote> signed(long first, long end, Findings findings) throws IOException {
        List<CheckpointNote> signed = new ArrayList<>();
        for (SigningTables.CheckpointRow row :
                parts.store().read(connection -> SigningTables.checkpoints(connection, first, end))) {
            try {
                CheckpointNote note = CheckpointNote.parse(row.note());
                if (note.size() == row.size()) {
                    findings.checkSignature(note, parts.keys().inForce(note.size()));
                    signed.add(note);
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // Said below, for both.
            }
            findings.add(
                    Kind.MALFORMED, Finding.WHOLE, "The stored checkpoint of " + row.size() + " entries was altered.");
        }
        return signed;
    }
}
