package io.gatehouse.core.ledger;

import io.gatehouse.core.ledger.LedgerTables.Row;
import io.gatehouse.core.ledger.verify.CheckpointNote;
import io.gatehouse.core.ledger.verify.MerkleProofs;
import io.gatehouse.core.ledger.verify.MerkleTree;
import io.gatehouse.core.ledger.verify.Verification;
import io.gatehouse.core.ledger.verify.VerifierKey;
import io.gatehouse.core.store.Store;
import io.gatehouse.core.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * The ledger of a store: an append-only Merkle tree (RFC 9162) whose checkpoints are signed with Ed25519. Thread-safe.
 *
 * <p>The leaf hash is over bytes in which person and personal facts stand sealed, so that shredding the person's
 * {@link io.gatehouse.core.identity.DataClass#LEDGER} key leaves every proof as it is: their entries come back without
 * them. Whoever is shredded and renewed has another pseudonym afterwards. What happens to somebody while they are
 * shredded is recorded all the same, without the person and the personal facts; it says that these were withheld.
 *
 * <p>Of several programs that share a database one writes the ledger, the first that opened it, and the others read it;
 * when that one closes it or dies, the next that appends takes over. Until then an append of theirs fails.
 *
 * <p>The last checkpoint is what alterations are found by. Signing one now and then, and keeping it elsewhere, bounds
 * what somebody who takes over store and keys could rewrite.
 */
public final class StoreLedger implements Ledger, LedgerSearch, AutoCloseable {
    private static final int MAX_ENTRIES = 10_000;

    private final Store store;
    private final EntrySealer sealer;
    private final InstantSource clock;
    private final SigningKeys keys;
    private final LedgerSigning signing;
    private final TreeNodes nodes;
    private final WriterTurn turn;
    private final ExecutorService writers = LedgerThreads.writers();
    private final ExecutorService tellers = LedgerThreads.tellers();
    private final GroupCommit appends;
    private final EntrySearch search;
    private final OutlineReader outlines;

    private StoreLedger(Store store, Vault vault, SigningKeys keys, InstantSource clock, int personRun)
            throws IOException {
        this.store = store;
        this.sealer = new EntrySealer(vault);
        this.clock = clock;
        this.keys = keys;
        this.nodes = new TreeNodes(store);
        this.turn = WriterTurn.open(store, nodes, new PersonIndex(store, personRun), keys);
        this.signing = new LedgerSigning(store, turn, keys, sealer, clock);
        this.search = new EntrySearch(store, sealer, turn::look);
        this.outlines = new OutlineReader(store);
        this.appends = new GroupCommit(
                event -> sealer.seal(SigningKeys.requireForeign(event), clock.instant()),
                turn::write,
                sealer::appended,
                writers,
                tellers);
    }

    /**
     * Opens the store's ledger, making it with a new signing key in a store that has none. What the last checkpoint
     * signed must be there.
     *
     * @param origin the ledger's name in its checkpoints, for example {@code gate.example.com/ledger}
     * @param clock  for the time of recording
     * @throws LedgerException if the store holds a ledger of another name, or entries that were signed are gone
     */
    public static StoreLedger open(Store store, Vault vault, String origin, InstantSource clock) throws IOException {
        return open(store, vault, origin, clock, PersonIndex.RUN);
    }

    /** In runs of persons of this length, for tests. */
    static StoreLedger open(Store store, Vault vault, String origin, InstantSource clock, int personRun)
            throws IOException {
        VerifierKey.requireName(origin);
        Objects.requireNonNull(clock, "clock");
        LedgerOpening.migrate(store);
        LedgerOpening.requireNamed(store, vault, origin);
        StoreLedger ledger = new StoreLedger(store, vault, SigningKeys.open(store, vault, origin), clock, personRun);
        LedgerOpening.requireSigned(store, ledger.nodes, ledger.keys, ledger.size());
        return ledger;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Must not be called within a work of the same store.
     *
     * @throws IllegalArgumentException also if the event takes more than 65,535 bytes
     */
    @Override
    public LedgerEntry append(LedgerEvent event) throws IOException {
        return appends.appendAndWait(event);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Many events become durable with one commit. What hangs on the future runs in a thread of the ledger's,
     * after the commit, not always in the ledger's order; it may append and wait itself. Let it be short, or hang it on
     * with an executor: it holds up what hangs on others of that commit. Waits while 8,192 events are on their way.
     */
    @Override
    public CompletableFuture<LedgerEntry> appendAsync(LedgerEvent event) {
        return appends.append(event);
    }

    /**
     * Takes no more events and returns when those on their way are durable or have failed; what hangs on their futures
     * may run still. Reading goes on; the store stays open. A ledger that is not closed loses nothing acknowledged.
     */
    @Override
    public void close() {
        appends.close();
        turn.close();
        writers.shutdown();
        tellers.shutdown();
    }

    @Override
    public long size() throws IOException {
        return turn.tree().size();
    }

    @Override
    public List<LedgerEntry> entries(long from, int limit) throws IOException {
        if (from < 0 || limit < 1 || limit > MAX_ENTRIES) {
            throw new IllegalArgumentException("entries are asked for from an index of at least 0 and up to "
                    + MAX_ENTRIES + " at once, not from " + from + " and " + limit);
        }
        long end = Math.min(from > Long.MAX_VALUE - limit ? Long.MAX_VALUE : from + limit, size());
        List<Row> rows = store.read(connection -> LedgerTables.entries(connection, from, end));
        LedgerTables.requireAll(rows, from, end);
        return sealer.open(rows);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of more than 4,096 entries slices are read ahead, with as many threads as there are processors.
     *
     * @throws LedgerException if an entry is missing, or is not what its hash was made of
     */
    @Override
    public void outlines(long from, Ledger.OutlineSink sink) throws IOException {
        if (from < 0) {
            throw new IllegalArgumentException("outlines are read from an index of at least 0, not from " + from);
        }
        outlines.read(from, size(), sink);
    }

    @Override
    public LedgerPage search(LedgerQuery query, Optional<String> cursor) throws IOException {
        return search.search(query, cursor);
    }

    @Override
    public Checkpoint checkpoint() throws IOException {
        return appends.exclusively(signing::sign);
    }

    /**
     * Signs a checkpoint as {@link #checkpoint} does, has it cosigned by a witness and stores the cosignature with it, so
     * that exports hold it. Several witnesses are asked one after the other, or by several threads. A witness that trusts
     * an older key of the ledger is shown the changes of key first.
     *
     * @return the checkpoint with all cosignatures that it has
     * @throws WitnessRefusedException if the witness refuses; the checkpoint stays as it was
     * @throws IOException             if the witness cannot be reached
     */
    public Checkpoint cosign(Witness witness) throws IOException {
        return new Cosigning(store, nodes, keys).cosign(checkpoint(), witness);
    }

    /** The public key that checkpoints are signed for now, as {@code name+hash+key}; publish it. */
    public VerifierKey verifierKey() {
        return keys.verifierKey();
    }

    /**
     * Exchanges the signing key for a new one. The change is an entry of the ledger, a checkpoint of all entries before
     * it that both keys signed ({@link io.gatehouse.core.ledger.verify.KeyChange}); a checkpoint signed by the new key
     * follows. Old checkpoints stay valid, and a verifier that has an old key is led to the new one. Of the old private
     * key nothing is kept in the tables. Publish the new key: somebody who has stolen the old one could lead those who
     * know only that to a key of their own. A crash at any point leaves the old key in force or the new one.
     *
     * @return the new public key
     */
    public VerifierKey rotateSigningKey() throws IOException {
        return appends.exclusively(signing::rotate);
    }

    /** The keys that checkpoints were signed by one after the other, the oldest first, that in force last. */
    public List<VerifierKey> verifierKeys() {
        return signing.verifierKeys();
    }

    /** The hashes that prove that the entry at {@code index} is among the first {@code size} (RFC 9162, 2.1.3). */
    public List<byte[]> inclusionProof(long index, long size) throws IOException {
        requireSize(size);
        return MerkleProofs.inclusion(index, size, nodes);
    }

    /** The hashes that prove that the first {@code newSize} entries begin with the first {@code oldSize} (2.1.4). */
    public List<byte[]> consistencyProof(long oldSize, long newSize) throws IOException {
        requireSize(newSize);
        return MerkleProofs.consistency(oldSize, newSize, nodes);
    }

    private void requireSize(long size) throws IOException {
        if (size > size()) {
            throw new IllegalArgumentException("the ledger has " + size() + " entries, not " + size);
        }
    }

    /**
     * Reads the whole ledger and holds it against the last checkpoint, or one signed now if there is none, and entries
     * after that against what was recorded, with as many threads as there are processors. Others append meanwhile.
     *
     * @return verified for the last checkpoint, or what is wrong where
     */
    public Verification verify() throws IOException {
        return LedgerThreads.inSlices(this::verify);
    }

    /**
     * As {@link #verify()}, with an executor's threads; the caller's own waits for them and does its part.
     *
     * @param slicesAtOnce how many slices of 4,096 entries are on their way at most, at least 1; it bounds the memory
     */
    public Verification verify(Executor executor, int slicesAtOnce) throws IOException {
        if (slicesAtOnce < 1) {
            throw new IllegalArgumentException("at least 1 slice is on its way, not " + slicesAtOnce);
        }
        Optional<CheckpointNote> last = LedgerOpening.lastCheckpoint(store);
        CheckpointNote anchor = last.isPresent()
                ? last.get()
                : CheckpointNote.parse(checkpoint().note());
        MerkleTree now = turn.tree();
        return new LiveVerification(store, anchor, sealer::leads)
                .verify(verifierKey(), now.size(), now.root(), executor, slicesAtOnce);
    }

    /**
     * Reads a store's whole ledger and holds it against its last checkpoint, without vault and signing key.
     *
     * @param key the public key, from where the ledger's keeper cannot exchange it
     * @throws LedgerException if no checkpoint was signed yet
     */
    public static Verification verify(Store store, VerifierKey key) throws IOException {
        return LiveVerification.ofStore(store, key);
    }

    /**
     * An entry of an export of this ledger, such as one that a restored backup lacks: with the person and the personal
     * facts as far as this ledger knows the pseudonym and the vault has the key.
     *
     * @param content the canonical bytes, for example from
     *                {@link io.gatehouse.core.ledger.verify.ExportedEntries}
     * @throws LedgerException if these are no entry's bytes
     */
    public LedgerEntry exported(long index, byte[] content) throws IOException {
        return sealer.open(SealedPersons.row(store, index, content));
    }

    /**
     * A watch that verifies the ledger little by little; {@link LedgerWatch#step} is to be called every so often.
     *
     * @param entriesPerStep about how many entries a step reads, 1 to 16,777,216; rounded to a multiple of 256
     * @param backups        asked when something was found
     */
    public LedgerWatch watch(int entriesPerStep, LedgerWatch.KnownBackups backups, LedgerWatch.Listener listener) {
        WatchRound.Parts parts = new WatchRound.Parts(store, keys, nodes, turn::tree, sealer::leads);
        return new LedgerWatch(parts, clock, entriesPerStep, backups, listener);
    }

    /**
     * Signs a checkpoint and writes the ledger to a new directory, in the C2SP {@code tlog-tiles} form with the file
     * {@code verifier-key} beside it, for {@link io.gatehouse.core.ledger.verify.LedgerVerifier}. Personal data stay
     * sealed in it. There is the whole export afterwards, synced to the disk, or none.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is something at {@code directory}
     */
    public Checkpoint export(Path directory) throws IOException {
        Checkpoint checkpoint = checkpoint();
        LedgerExport.write(store, checkpoint, verifierKey().toString(), directory);
        return checkpoint;
    }

    @Override
    public String toString() {
        return "StoreLedger[" + keys.verifierKey().name() + ", " + turn.knownSize() + " entries]";
    }
}
