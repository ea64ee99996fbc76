package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.WitnessRefusedException.Reason;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.Cosignature;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.store.Store;
import java.io.IOException;
import java.util.List;

/** Shows a checkpoint to a witness, with the proof that it wants, and stores its cosignature. Thread-safe. */
final class Cosigning {
    private final Store store;
    private final TreeNodes nodes;
    private final SigningKeys keys;

    Cosigning(Store store, TreeNodes nodes, SigningKeys keys) {
        this.store = store;
        this.nodes = nodes;
        this.keys = keys;
    }

    /** The checkpoint with the cosignature of the witness, stored so. */
    Checkpoint cosign(Checkpoint checkpoint, Witness witness) throws IOException {
        CheckpointNote note = CheckpointNote.parse(checkpoint.note());
        Cosignature cosignature = ask(witness, note);
        if (!cosignature.key().equals(witness.key()) || !cosignature.isOf(note)) {
            throw new LedgerException("what the witness " + witness.key().name()
                    + " answered is no cosignature of the checkpoint by its key: it was not stored");
        }
        String stored = store.write(connection -> {
            String before = SigningTables.checkpoint(connection, note.size()).orElse(checkpoint.note());
            String with = CheckpointNote.parse(before).with(cosignature);
            SigningTables.updateCheckpoint(connection, note.size(), with);
            return with;
        });
        return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.rootHash(), stored);
    }

    private Cosignature ask(Witness witness, CheckpointNote note) throws IOException {
        try {
            return show(witness, note);
        } catch (WitnessRefusedException e) {
            if (e.reason() != Reason.NOT_SIGNED || keys.chain().newest().isEmpty()) {
                throw e;
            }
        }
        // It trusts an older key: is led to the newest by the changes since.
        for (KeyChange change : keys.chain().changesFrom(witness.lastSize(note.origin()))) {
            try {
                show(witness, change.note());
            } catch (WitnessRefusedException e) {
                if (e.reason() != Reason.NOT_SIGNED) {
                    throw e;
                }
            }
        }
        return show(witness, note);
    }

    private Cosignature show(Witness witness, CheckpointNote note) throws IOException {
        long last = witness.lastSize(note.origin());
        if (last > note.size()) {
            throw new WitnessRefusedException(
                    Reason.ROLLED_BACK,
                    "the witness " + witness.key().name() + " has seen " + last + " entries, but the checkpoint has "
                            + note.size() + ": the ledger was cut, or a backup was restored over newer entries");
        }
        List<byte[]> proof = last == 0 ? List.of() : MerkleProofs.consistency(last, note.size(), nodes);
        return witness.cosign(last, proof, note);
    }
}
