package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.KeyChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** A change of the signing key that is recorded past the ledger's own checks. Stateless. */
final class ForgedKeyChange {
    private static final String NAME = "house.example.com";

    private ForgedKeyChange() {}

    /**
     * Records it, and exports what is then there, signed by the new key.
     *
     * @param size which it says the ledger has
     * @return the new key
     */
    static CheckpointSigner record(LedgerHouse house, boolean byOld, boolean byNew, long size, Path export)
            throws IOException {
        CheckpointSigner old = signer(house);
        CheckpointSigner fresh = CheckpointSigner.open(house.vault(), NAME, CheckpointSigner.makeSealed(house.vault()));
        EntryWriter writer = new EntryWriter(
                house.store(), new TreeNodes(house.store()), new PersonIndex(house.store(), PersonIndex.RUN));
        String body = KeyChange.body(size, writer.tree().root(), old.verifierKey(), fresh.verifierKey());
        String note = body + "\n";
        note = byOld ? CheckpointNote.add(note, old.verifierKey(), old.signature(body)) : note;
        note = byNew ? CheckpointNote.add(note, fresh.verifierKey(), fresh.signature(body)) : note;
        LedgerEvent event = LedgerEvent.builder(EventKind.KEY_CHANGE, LedgerHouse.NOW)
                .fact(KeyChange.FACT, note)
                .build();
        writer.write(List.of(new EntrySealer(house.vault()).seal(event, LedgerHouse.NOW)));
        String signed = fresh.sign(writer.tree().size(), writer.tree().root());
        Checkpoint checkpoint = new Checkpoint(
                NAME,
                writer.tree().size(),
                HexFormat.of().formatHex(writer.tree().root()),
                signed);
        LedgerExport.write(house.store(), checkpoint, fresh.verifierKey().toString(), export);
        return fresh;
    }

    /** The key that the ledger signs with. */
    static CheckpointSigner signer(LedgerHouse house) throws IOException {
        byte[] sealed = house.store().read(LedgerTables::root).orElseThrow().signingKey();
        return CheckpointSigner.open(house.vault(), NAME, sealed);
    }
}
