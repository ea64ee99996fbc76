package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Root;
import io.gatehouse.core.ledger.SigningTables.ChangeRow;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.KeyChain;
import io.gatehouse.core.ledger.verify.KeyChange;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key that a ledger is signed with, and how it came to be the one. One thread at a time changes it; anybody may ask.
 *
 * <p>A change has three steps. The new key is stored, sealed, beside the one so far; the change is recorded on the ledger
 * as an entry, signed by both; the new key takes the old one's place. The entry decides: without it the old key goes on,
 * and with it whoever opens the ledger next finishes what a crash cut off.
 */
final class SigningKeys {
    private final Store store;
    private final Vault vault;
    private final String origin;

    /** What is in force. */
    private record State(CheckpointSigner signer, KeyChain chain) {}

    private volatile State state;
    /** A change was begun and its outcome was not yet looked up. */
    private boolean begun;

    private SigningKeys(Store store, Vault vault, String origin, State state) {
        this.store = store;
        this.vault = vault;
        this.origin = origin;
        this.state = state;
    }

    /** The keys of a ledger that has one. */
    static SigningKeys open(Store store, Vault vault, String origin) throws IOException {
        return new SigningKeys(store, vault, origin, settle(store, vault, origin));
    }

    /** Looks which key is in force by what is on the ledger, and puts it in its place if it is not there. */
    private static State settle(Store store, Vault vault, String origin) throws IOException {
        byte[] current = store.read(LedgerTables::root)
                .map(Root::signingKey)
                .orElseThrow(() -> new LedgerException("the ledger's signing key is gone: restore the last backup"));
        KeyChain chain = chain(store);
        CheckpointSigner signer = CheckpointSigner.open(vault, origin, current);
        Optional<VerifierKey> newest = chain.newest();
        if (newest.isEmpty() || newest.get().equals(signer.verifierKey())) {
            return new State(signer, chain);
        }
        Optional<byte[]> next = store.read(SigningTables::nextKey);
        if (next.isPresent()) {
            CheckpointSigner following = CheckpointSigner.open(vault, origin, next.get());
            if (following.verifierKey().equals(newest.get())) {
                store.write(SigningTables::takeNextKey);
                return new State(following, chain);
            }
        }
        throw new LedgerException("the stored signing key is not the one that entry of the last change of key names:"
                + " it was exchanged; restore the last backup that verifies");
    }

    private static KeyChain chain(Store store) throws IOException {
        KeyChain chain = new KeyChain();
        for (ChangeRow row : store.read(SigningTables::changes)) {
            if (!Arrays.equals(MerkleTree.leafHash(row.content()), row.leafHash())) {
                throw new LedgerException(
                        "entry " + row.position() + " was altered: restore the last backup that" + " verifies");
            }
            String note = EntryCodec.decode(row.content()).facts().getOrDefault(KeyChange.FACT, "");
            Optional<String> wrong = chain.take(row.position(), note, Optional.empty());
            if (wrong.isPresent()) {
                throw new LedgerException("the change of the signing key in entry " + row.position() + " is false, "
                        + wrong.get() + ": restore the last backup that verifies");
            }
        }
        return chain;
    }

    /** Events of the ledger's own kind come from the ledger only. */
    static LedgerEvent requireForeign(LedgerEvent event) {
        if (event.kind().equals(EventKind.KEY_CHANGE)) {
            throw new IllegalArgumentException("event " + event.id() + " is of the kind " + KeyChange.KIND
                    + ", which only the ledger records: rotate its signing key instead");
        }
        return event;
    }

    VerifierKey verifierKey() {
        return state.signer().verifierKey();
    }

    KeyChain chain() {
        return state.chain();
    }

    /** The key that a checkpoint of so many entries must be signed by. */
    VerifierKey inForce(long size) {
        State now = state;
        return now.chain().inForce(size).orElse(now.signer().verifierKey());
    }

    boolean isSigned(CheckpointNote note) {
        return note.signed(inForce(note.size())) == CheckpointNote.Signed.BY_THIS_KEY;
    }

    /** The signer in force. Not while another thread changes the key. */
    CheckpointSigner signer() throws IOException {
        if (begun) {
            finish();
        }
        return state.signer();
    }

    /** Stores a new key and says what is to be recorded so that it is in force; then {@link #finish} is called. */
    LedgerEvent begin(long size, byte[] root, Instant now) throws IOException {
        CheckpointSigner from = signer();
        byte[] sealed = CheckpointSigner.makeSealed(vault);
        CheckpointSigner to = CheckpointSigner.open(vault, origin, sealed);
        String body = KeyChange.body(size, root, from.verifierKey(), to.verifierKey());
        String note = CheckpointNote.sign(body, from.verifierKey(), from.signature(body));
        LedgerEvent event = LedgerEvent.builder(EventKind.KEY_CHANGE, now)
                .fact(KeyChange.FACT, CheckpointNote.add(note, to.verifierKey(), to.signature(body)))
                .build();
        store.write(connection -> SigningTables.putNextKey(connection, sealed));
        begun = true;
        return event;
    }

    /** After the entry was recorded, or may have been. */
    void finish() throws IOException {
        state = settle(store, vault, origin);
        begun = false;
    }

    @Override
    public String toString() {
        return "SigningKeys[" + verifierKey() + "]";
    }
}
