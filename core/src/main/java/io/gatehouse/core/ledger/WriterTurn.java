package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.EntryWriter.Recorded;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.store.Claim;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one writer that a ledger has, of all the programs that share its database. It holds the turn until it is closed or
 * dies, and whoever appends next takes over; the others read. One thread at a time writes; anybody may look at the tree.
 *
 * <p>Why one: the tree grows in memory, entry by entry. Should a writer lose its turn unnoticed, between the question and
 * the commit, the primary key of the entries refuses the second entry at a place, so that the order stays total.
 */
final class WriterTurn implements AutoCloseable {
    private static final String NAME = "core.ledger writer";

    private final Store store;
    private final TreeNodes nodes;
    private final PersonIndex persons;
    private final SigningKeys keys;
    private volatile EntryWriter writer;
    private volatile @Nullable Claim claim;

    private WriterTurn(Store store, TreeNodes nodes, PersonIndex persons, SigningKeys keys, @Nullable Claim claim)
            throws IOException {
        this.store = store;
        this.nodes = nodes;
        this.persons = persons;
        this.keys = keys;
        this.claim = claim;
        // After the claim, so that nobody else has written since.
        if (claim != null) {
            persons.load();
            TileTables.catchUp(store);
        }
        this.writer = new EntryWriter(store, nodes, persons);
    }

    /** With the turn, if nobody else has it. */
    static WriterTurn open(Store store, TreeNodes nodes, PersonIndex persons, SigningKeys keys) throws IOException {
        Claim claim = store.claim(NAME).orElse(null);
        try {
            return new WriterTurn(store, nodes, persons, keys, claim);
        } catch (IOException | RuntimeException e) {
            if (claim != null) {
                claim.close();
            }
            throw e;
        }
    }

    /** As {@link EntryWriter#write}. */
    List<Recorded> write(List<SealedEntry> entries) throws IOException {
        return writer().write(entries);
    }

    /** The tree of all entries that are durable, before the turn is somebody else's. */
    MerkleTree treeToSign() throws IOException {
        return writer().tree();
    }

    /** The tree of all entries that are durable; whoever does not write reads it anew, and the keys with it. */
    MerkleTree tree() throws IOException {
        if (claim != null) {
            return writer.tree();
        }
        keys.finish();
        return nodes.tree(store.read(LedgerTables::size));
    }

    /** Where a person's entries are; whoever does not write reads first what has come since. */
    PersonIndex.Look look(byte[] pseudonym) throws IOException {
        if (claim == null) {
            persons.follow();
        }
        return persons.look(pseudonym);
    }

    /** The size of the tree as far as it is known here. */
    long knownSize() {
        return writer.tree().size();
    }

    private EntryWriter writer() throws IOException {
        Claim held = claim;
        if (held == null || !held.isHeld()) {
            takeOver(held);
        }
        return writer;
    }

    private void takeOver(@Nullable Claim lost) throws IOException {
        if (lost != null) {
            lost.close();
            claim = null;
        }
        Optional<Claim> taken = store.claim(NAME);
        if (taken.isEmpty()) {
            throw new LedgerException("another program writes this ledger: nothing was recorded here; record there, or"
                    + " end it, and this one takes over with what it records next");
        }
        try {
            persons.load();
            TileTables.catchUp(store);
            keys.finish();
            writer = new EntryWriter(store, nodes, persons);
        } catch (IOException | RuntimeException e) {
            taken.get().close();
            throw e;
        }
        claim = taken.get();
    }

    @Override
    public void close() {
        Claim held = claim;
        claim = null;
        if (held != null) {
            held.close();
        }
    }
}
