package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Signs what a ledger has, and exchanges the key for it. To be called while nobody appends. */
final class LedgerSigning {
    private final Store store;
    private final WriterTurn turn;
    private final SigningKeys keys;
    private final EntrySealer sealer;
    private final InstantSource clock;

    LedgerSigning(Store store, WriterTurn turn, SigningKeys keys, EntrySealer sealer, InstantSource clock) {
        this.store = store;
        this.turn = turn;
        this.keys = keys;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** A checkpoint of all entries: the stored one, if there is one of so many. */
    Checkpoint sign() throws IOException {
        // First the turn: whoever takes it over takes over the key that is in force then.
        MerkleTree now = turn.treeToSign();
        CheckpointSigner signer = keys.signer();
        Optional<String> last = store.read(SigningTables::checkpoint)
                .filter(note -> CheckpointNote.parse(note).size() == now.size());
        String note = last.orElseGet(() -> signer.sign(now.size(), now.root()));
        if (last.isEmpty()) {
            store.write(connection -> SigningTables.insertCheckpoint(connection, now.size(), note));
        }
        return new Checkpoint(
                signer.verifierKey().name(), now.size(), HexFormat.of().formatHex(now.root()), note);
    }

    /** Records the change of key, and signs with the new one. */
    VerifierKey rotate() throws IOException {
        // Of nothing: makes sure that the tree is that of what is durable, also after a write that failed.
        turn.write(List.of());
        MerkleTree now = turn.treeToSign();
        LedgerEvent change = keys.begin(now.size(), now.root(), clock.instant());
        turn.write(List.of(sealer.seal(change, clock.instant())));
        keys.finish();
        sign();
        return keys.verifierKey();
    }

    /** The keys one after the other, that in force last. */
    List<VerifierKey> verifierKeys() {
        List<VerifierKey> all = keys.chain().keys();
        return all.isEmpty() ? List.of(keys.verifierKey()) : List.copyOf(all);
    }
}
